import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { useApp } from '../../../store/store.ts';
import { NEW, newOption } from './Choice.tsx';
import styles from './Field.module.css';
import { hintOf } from './input.ts';
import { referenceOptions } from './references.ts';
import type { ControlProps, RefEditor } from './types.ts';
import { useMaker } from './useMaker.ts';

/** Several references. */
export function RefsControl(props: ControlProps<RefEditor<'refs'>>) {
  const design = useApp((state) => state.shown?.lastValid?.design);
  const [typed, setTyped] = useState('');
  const value = Array.isArray(props.value) ? props.value.map(String) : [];
  const make = useMaker(props, (name) => [...value, name]);
  if (!design) return null;
  const known = referenceOptions(design, props.editor.to);
  const gone = value
    .filter((id) => !known.some((option) => option.value === id))
    .map((id) => ({ value: id, label: id }));
  const options = [...known, ...gone];
  return (
    <MultiSelect
      id={props.id}
      aria-label={props.label}
      data={[...options, ...newOption(typed, options, make)]}
      value={value}
      disabled={props.disabled}
      placeholder={value.length === 0 ? (hintOf(props.attribute) ?? 'none') : ''}
      classNames={{ input: styles.multi, inputField: styles.multiField, pill: styles.pill }}
      size="xs"
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(next) => {
        if (!next.includes(NEW)) return props.onChange(next.length > 0 ? next : undefined);
        make?.run(typed.trim());
        setTyped('');
      }}
    />
  );
}
