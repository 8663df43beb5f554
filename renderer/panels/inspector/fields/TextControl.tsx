import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { cx } from '../../../cx.ts';
import styles from './Field.module.css';
import { hintOf, parseInput } from './input.ts';
import type { ControlProps } from './types.ts';

/** Text, numbers and quantities as people write them. Checked while typing, set on Enter or when the field is left. */
export function TextControl(props: ControlProps) {
  const { id, label, attribute, editor, value, disabled, onChange, onError, onWhy } = props;
  const written = value === undefined ? '' : String(value);
  const [typed, setTyped] = useState(written);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => setTyped(written), [written]);
  const hint = hintOf(attribute);
  const origin = typed === '' && hint !== undefined && hint !== 'computed' && hint.length < 10;

  const change = (text: string): void => {
    setTyped(text);
    const parsed = parseInput(editor.type, attribute.schema, text);
    setRefused('error' in parsed);
    onError('error' in parsed ? parsed.error : undefined);
  };
  const commit = (): void => {
    if (typed === written) return;
    const parsed = parseInput(editor.type, attribute.schema, typed);
    if (!('error' in parsed)) onChange(parsed.value);
  };
  return (
    <TextInput
      id={id}
      aria-label={label}
      value={typed}
      disabled={disabled}
      error={isRefused}
      placeholder={hint ?? 'not set'}
      classNames={{ input: cx(styles.input, styles.mono) }}
      rightSection={
        origin ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles.origin}
            title="Why this value"
            onClick={onWhy}
          >
            default
          </button>
        ) : null
      }
      rightSectionWidth={origin ? 52 : 0}
      spellCheck={false}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') {
          change(written);
          event.currentTarget.blur();
        }
      }}
    />
  );
}
