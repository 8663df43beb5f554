import { Select } from '@mantine/core';
import { useState } from 'react';
import { cx } from '../../../cx.ts';
import styles from './Field.module.css';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
}

interface ChoiceProps {
  readonly id: string;
  /** What the input is called; missing where a label names it. */
  readonly label?: string;
  readonly options: readonly ChoiceOption[];
  readonly value: string | undefined;
  readonly fallback: string | undefined;
  readonly disabled: boolean;
  readonly mono?: boolean;
  readonly required?: boolean;
  readonly onChange: (value: string | undefined) => void;
  /** Makes what was typed and is none of the options, and returns whether it is there now. */
  readonly make?: Maker | undefined;
}

/** Makes the element that a reference is to name. */
export interface Maker {
  /** What is made, such as `service`. */
  readonly title: string;
  readonly accepts: (name: string) => boolean;
  readonly run: (name: string) => void;
}

/** Value of the option that makes what was typed. */
export const NEW = '\u0000new';

/** The option that makes what was typed, where that is a new name. */
export function newOption(
  typed: string,
  options: readonly ChoiceOption[],
  make: Maker | undefined,
): readonly ChoiceOption[] {
  const name = typed.trim();
  if (!make?.accepts(name) || options.some(({ value }) => value === name)) return [];
  return [{ value: NEW, label: `New ${make.title} ${name}` }];
}

/** One of several values; clearing it lets the default hold again. */
export function Choice({
  id,
  label,
  options,
  value,
  fallback,
  disabled,
  mono = false,
  required = false,
  onChange,
  make,
}: ChoiceProps) {
  const [typed, setTyped] = useState('');
  return (
    <Select
      id={id}
      aria-label={label}
      data={[...options, ...newOption(typed, options, make)]}
      value={value ?? null}
      disabled={disabled}
      placeholder={fallback === undefined ? 'not set' : fallback}
      clearable={!required}
      allowDeselect={false}
      searchable={options.length > 8 || make !== undefined}
      onSearchChange={setTyped}
      nothingFoundMessage={make && `Type a name for a new ${make.title}.`}
      classNames={{
        input: cx(styles.input, mono && styles.mono),
        option: cx(mono && styles.mono),
      }}
      comboboxProps={{ transitionProps: { duration: 100 }, withinPortal: true }}
      maxDropdownHeight={240}
      onChange={(next) => (next === NEW ? make?.run(typed.trim()) : onChange(next ?? undefined))}
    />
  );
}
