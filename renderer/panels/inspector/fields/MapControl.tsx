import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { inline, isRecord } from '../../../../core/text/render.ts';
import { cx } from '../../../cx.ts';
import { entryOf, valueAttribute, withEntry } from './entries.ts';
import styles from './Field.module.css';
import type { ControlProps } from './types.ts';
import { YamlLink } from './YamlLink.tsx';

/** Longest value that a field is for, in characters; what is longer is edited in the file. */
const ROOM = 160;

/** A map of free keys: each a field, and a last one that adds `key: value` as the file would have it. */
export function MapControl(props: ControlProps) {
  const { address, path, value, attribute, disabled, onChange, Part } = props;
  const map = isRecord(value) ? value : {};
  const entries = Object.entries(map);
  if (entries.some(([, item]) => inline(item).length > ROOM))
    return <YamlLink {...props} text={`${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`} />;
  return (
    <div className={cx(entries.length > 0 && styles.nested)}>
      {entries.map(([key, item]) => (
        <Part
          key={key}
          verbatim
          address={address}
          path={[...path, key]}
          attribute={valueAttribute(attribute, key)}
          value={inline(item)}
          disabled={disabled}
          set={(typed) => onChange(withEntry(map, key, typed))}
        />
      ))}
      <NewEntry {...props} />
    </div>
  );
}

function NewEntry({ id, label, value, attribute, disabled, onChange, onError }: ControlProps) {
  const [typed, setTyped] = useState('');
  const isRefused = useRef(false);
  const commit = (): void => {
    if (typed.trim() === '') return;
    const entry = entryOf(attribute, typed);
    isRefused.current = !entry.ok;
    onError(entry.ok ? undefined : entry.error);
    if (!entry.ok) return;
    onChange({ ...(isRecord(value) ? value : {}), ...entry.value });
    setTyped('');
  };
  return (
    <TextInput
      id={id}
      aria-label={label}
      value={typed}
      disabled={disabled}
      placeholder="key: value"
      classNames={{ input: cx(styles.input, styles.mono) }}
      spellCheck={false}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        if (isRefused.current) onError(undefined);
      }}
      onBlur={commit}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setTyped('');
      }}
    />
  );
}
