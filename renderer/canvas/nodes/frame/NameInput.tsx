import { useEffect, useRef } from 'react';
import type { ElementAddress } from '../../../../core/design/design.ts';
import { cx } from '../../../cx.ts';
import { useApp, useAppStore } from '../../../store/store.ts';
import styles from './NodeFrame.module.css';

interface NameInputProps {
  readonly address: ElementAddress;
  readonly name: string;
  /** Takes the keyboard once the name is given or the edit is given up. */
  readonly onDone: () => void;
}

/** Edits the name of an element where it stands. */
export function NameInput({ address, name, onDone }: NameInputProps) {
  const store = useAppStore();
  const rename = useApp((state) => state.rename);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  return (
    <input
      ref={input}
      className={cx(styles.nameInput, 'nodrag', 'nopan')}
      aria-label={`New name of ${name}`}
      defaultValue={name}
      spellCheck={false}
      onBlur={(event) => rename(address, event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        if (event.key === 'Enter') rename(address, event.currentTarget.value.trim());
        store.getState().startNaming(undefined);
        onDone();
      }}
    />
  );
}
