import { useEffect, useRef } from 'react';
import type { ElementAddress } from '../../../../core/design/design.ts';
import { cx } from '../../../cx.ts';
import { useApp, useAppStore } from '../../../store/store.ts';
import styles from './NodeFrame.module.css';

interface NodeNameProps {
  readonly address: ElementAddress;
  readonly name: string;
  readonly mono: boolean;
  readonly editable: boolean;
}

/** The name of an element; a double click or Enter edits it in place. */
export function NodeName({ address, name, mono, editable }: NodeNameProps) {
  const editing = useApp((state) => state.naming === address);
  const startNaming = useApp((state) => state.startNaming);
  if (editing && editable) return <NameInput address={address} name={name} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter on the node does the same
    <span
      className={cx(styles.name, mono && styles.mono)}
      title={name}
      onDoubleClick={() => editable && startNaming(address)}
    >
      {name}
    </span>
  );
}

function NameInput({ address, name }: { readonly address: ElementAddress; readonly name: string }) {
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
        const { selected, startNaming, askFocus } = store.getState();
        startNaming(undefined);
        askFocus([...selected][0]);
      }}
    />
  );
}
