import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useApp } from '../store/store.ts';
import styles from './InvalidBanner.module.css';

/** Says that the canvas shows an earlier text, and leads back to it. */
export function InvalidBanner() {
  const valid = useApp((state) => state.shown?.valid ?? true);
  const problem = useApp((state) => state.shown?.issues[0]);
  const revert = useApp((state) => state.revertToValid);
  const canRevert = useApp((state) => state.shown?.canUndo === true && state.shown.lastValid !== undefined);
  if (valid || !problem) return null;
  const text = `${problem.line === undefined ? '' : `Line ${problem.line}: `}${problem.message}`;
  return (
    <div className={styles.banner} role="alert">
      <IconAlertCircle size={16} />
      <span title={text}>{text} The canvas shows the last valid text.</span>
      {canRevert && (
        <Button variant="default" onClick={revert}>
          Revert to valid
        </Button>
      )}
    </div>
  );
}
