import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { isRecord } from '../../../../core/text/render.ts';
import { cx } from '../../../cx.ts';
import { useApp } from '../../../store/store.ts';
import field from './Field.module.css';
import styles from './Items.module.css';
import { isWhole, summaryOf } from './items.ts';
import type { ControlProps } from './types.ts';

type Item = Readonly<Record<string, unknown>>;

/** A list of objects: a line for each, which opens to its parts. A new one is in the design once it has what it needs. */
export function ItemsControl(props: ControlProps) {
  const { address, path, value, attribute, disabled, onChange, Part } = props;
  const items = Array.isArray(value) ? value.map((item): Item => (isRecord(item) ? item : {})) : [];
  const run = useApp((state) => state.run);
  const [draft, setDraft] = useState<Item>();
  const [open, setOpen] = useState<number>();
  const parts = Object.entries(attribute.items ?? {});
  // One item alone, so that comments on the others stay.
  const setItem = (index: number, item: Item | undefined): void =>
    void run('element.set', { address, field: [...path, index], value: item });
  const remove = (index: number): void => {
    setOpen(undefined);
    if (index === items.length) setDraft(undefined);
    else if (items.length === 1) onChange(undefined);
    else setItem(index, undefined);
  };
  const complete = (name: string, part: unknown): void => {
    const next = { ...draft, [name]: part };
    const isDone = isWhole(attribute, next);
    setDraft(isDone ? undefined : next);
    if (!isDone) return;
    if (items.length === 0) onChange([next]);
    else setItem(items.length, next);
  };
  return (
    <div className={cx(items.length + (draft ? 1 : 0) > 0 && field.nested)}>
      {[...items, ...(draft ? [draft] : [])].map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <section key={index} className={styles.item} aria-label={summaryOf(attribute, item)}>
          <header>
            <button
              type="button"
              aria-expanded={open === index}
              onClick={() => setOpen(open === index ? undefined : index)}
            >
              {open === index ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
              <span>{summaryOf(attribute, item)}</span>
            </button>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              disabled={disabled}
              aria-label={`Remove ${summaryOf(attribute, item)}`}
              onClick={() => remove(index)}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </header>
          {open === index &&
            parts.map(([name, part]) => (
              <Part
                key={name}
                address={address}
                path={[...path, index, name]}
                attribute={{ ...part, group: attribute.group }}
                value={item[name]}
                disabled={disabled}
                {...(index === items.length && { set: (next: unknown) => complete(name, next) })}
              />
            ))}
        </section>
      ))}
      <Button
        id={props.id}
        className={styles.add}
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        aria-label={`Add to ${props.label}`}
        disabled={disabled || draft !== undefined}
        onClick={() => {
          setDraft({});
          setOpen(items.length);
        }}
      >
        Add
      </Button>
    </div>
  );
}
