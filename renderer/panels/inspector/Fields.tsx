import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { ElementAddress } from '../../../core/design/design.ts';
import type { Attribute, Attributes } from '../../../core/kinds/attribute.ts';
import type { BrokerKind } from '../../../core/kinds/brokers.ts';
import { Field } from './fields/Field.tsx';
import { labelOf, onBroker } from './fields/input.ts';
import styles from './Inspector.module.css';

interface FieldsProps {
  readonly address: ElementAddress | 'design';
  readonly attributes: Attributes;
  readonly element: Readonly<Record<string, unknown>>;
  /** Brokers that the element has to do with; attributes of others are left out. `undefined`: show all. */
  readonly brokers: ReadonlySet<BrokerKind> | undefined;
  readonly disabled: boolean;
}

/** The attributes of an element under their headings, in the order of the kind. */
export function Fields({ address, attributes, element, brokers, disabled }: FieldsProps) {
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const [only, ...others] = brokers ?? [];
  const kind = others.length === 0 ? only : undefined;
  const groups = new Map<string, [string, Attribute][]>();
  for (const [name, attribute] of Object.entries(attributes)) {
    const fits = !attribute.brokers || !brokers || attribute.brokers.some((kind) => brokers.has(kind));
    if (!fits && element[name] === undefined) continue;
    if (!isCalled(wanted, name, attribute)) continue;
    groups.set(attribute.group, [...(groups.get(attribute.group) ?? []), [name, attribute]]);
  }
  return (
    <>
      <TextInput
        className={styles.filter}
        size="xs"
        type="search"
        placeholder="Find a property"
        aria-label="Find a property"
        data-entry
        leftSection={<IconSearch size={13} />}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      {[...groups].map(([group, members]) => (
        <section key={group} aria-label={group}>
          <h3 className={styles.group}>{group}</h3>
          {members.map(([name, attribute]) => (
            <Field
              key={name}
              address={address}
              path={[name]}
              attribute={onBroker(attribute, kind, element[name])}
              value={element[name]}
              disabled={disabled}
            />
          ))}
        </section>
      ))}
      {groups.size === 0 && <p className={styles.empty}>No property is called “{filter}”.</p>}
    </>
  );
}

/** Whether an attribute, or a part of it, is called by what was typed, as the form or as the file spells it. */
const isCalled = (wanted: string, name: string, { parts }: Attribute): boolean =>
  [name, ...Object.keys(parts ?? {})].some(
    (each) => each.toLowerCase().includes(wanted) || labelOf(each).toLowerCase().includes(wanted),
  );
