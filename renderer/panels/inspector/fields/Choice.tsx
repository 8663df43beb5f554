import { Select } from '@mantine/core';
import { cx } from '../../../cx.ts';
import styles from './Field.module.css';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
}

interface ChoiceProps {
  readonly id: string;
  readonly options: readonly ChoiceOption[];
  readonly value: string | undefined;
  readonly fallback: string | undefined;
  readonly disabled: boolean;
  readonly mono?: boolean;
  readonly required?: boolean;
  readonly onChange: (value: string | undefined) => void;
}

/** One of several values; clearing it lets the default hold again. */
export function Choice({
  id,
  options,
  value,
  fallback,
  disabled,
  mono = false,
  required = false,
  onChange,
}: ChoiceProps) {
  return (
    <Select
      id={id}
      data={[...options]}
      value={value ?? null}
      disabled={disabled}
      placeholder={fallback === undefined ? 'not set' : fallback}
      clearable={!required}
      allowDeselect={false}
      searchable={options.length > 8}
      classNames={{
        input: cx(styles.input, mono && styles.mono),
        option: cx(mono && styles.mono),
      }}
      comboboxProps={{ transitionProps: { duration: 100 }, withinPortal: true }}
      maxDropdownHeight={240}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
