import type { ElementAddress } from '../../../../core/design/design.ts';
import { cx } from '../../../cx.ts';
import { useApp, useAppStore } from '../../../store/store.ts';
import { NameInput } from './NameInput.tsx';
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
  const store = useAppStore();
  const focusSelected = () => store.getState().askFocus([...store.getState().selected][0]);
  if (editing && editable) return <NameInput address={address} name={name} onDone={focusSelected} />;
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
