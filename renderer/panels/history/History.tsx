import { IconCommand, IconCursorText, IconFileImport, IconFolderOpen } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { StepOrigin } from '../../../core/history/session.ts';
import { cx } from '../../cx.ts';
import { useApp } from '../../store/store.ts';
import rows from '../Rows.module.css';
import { moveFocus } from '../roving.ts';
import styles from './History.module.css';

const icons = {
  command: <IconCommand size={15} aria-label="Command" />,
  typing: <IconCursorText size={15} aria-label="Typing" />,
  disk: <IconFileImport size={15} aria-label="From the disk" />,
} as const satisfies Record<StepOrigin, unknown>;

/** Every step since the document was opened, the newest first; choosing one goes to the state after it. */
export function History() {
  const history = useApp((state) => state.shown?.history) ?? [];
  const step = useApp((state) => state.shown?.step) ?? 0;
  const saved = useApp((state) => state.savedStep);
  const isStored = useApp((state) => state.file?.hash !== null);
  const row = { step, saved: isStored ? saved : undefined };
  return (
    <>
      <ol className={rows.list} aria-label="History" reversed onKeyDown={moveFocus}>
        {[...history].reverse().map(({ id, label, origin, done }) => (
          <Row key={id} id={id} label={label} icon={icons[origin]} isUndone={!done} {...row} />
        ))}
        <Row
          id={0}
          label="Opened"
          icon={<IconFolderOpen size={15} aria-label="File" />}
          isUndone={false}
          {...row}
        />
      </ol>
      {history.length === 0 && (
        <p className={styles.hint}>
          Every change of the canvas, the properties, the text and the file is listed here, and can be gone
          back to.
        </p>
      )}
    </>
  );
}

interface RowProps {
  readonly id: number;
  readonly label: string;
  readonly icon: ReactNode;
  readonly isUndone: boolean;
  /** Step that is shown. */
  readonly step: number;
  /** Step that is in the file. */
  readonly saved: number | undefined;
}

function Row({ id, label, icon, isUndone, step, saved }: RowProps) {
  const goTo = useApp((state) => state.goToStep);
  const isCurrent = id === step;
  return (
    <li>
      <button
        type="button"
        className={cx(rows.row, styles.row, isUndone && styles.undone)}
        aria-current={isCurrent ? 'step' : undefined}
        data-roving
        tabIndex={isCurrent ? 0 : -1}
        onClick={() => goTo(id)}
      >
        {icon}
        <span className={rows.text}>{label}</span>
        {isUndone && <span className={styles.tag}>undone</span>}
        {saved === id && <span className={styles.tag}>saved</span>}
        {isCurrent && <span className={cx(styles.tag, styles.now)}>shown</span>}
      </button>
    </li>
  );
}
