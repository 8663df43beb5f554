import { Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { cx } from '../../../cx.ts';
import styles from './Field.module.css';
import { TextControl } from './TextControl.tsx';
import type { ControlProps } from './types.ts';

/** Text of one line or several; a field of one line would lose the breaks of the others. Set when the field is left. */
export function LinesControl(props: ControlProps) {
  const { value } = props;
  return typeof value === 'string' && value.includes('\n') ? (
    <Lines {...props} written={value} />
  ) : (
    <TextControl {...props} />
  );
}

function Lines({ id, label, written, disabled, onChange }: ControlProps & { readonly written: string }) {
  const [typed, setTyped] = useState(written);
  const dropped = useRef(false);
  useEffect(() => setTyped(written), [written]);
  const leave = () => {
    if (dropped.current) setTyped(written);
    else if (typed !== written && typed.trim() !== '') onChange(typed);
    dropped.current = false;
  };
  return (
    <Textarea
      id={id}
      aria-label={label}
      value={typed}
      disabled={disabled}
      autosize
      minRows={3}
      maxRows={14}
      classNames={{ input: cx(styles.input, styles.mono, styles.lines) }}
      spellCheck={false}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        dropped.current = true;
        event.currentTarget.blur();
      }}
    />
  );
}
