import { Button, Loader } from '@mantine/core';
import { exportFormats } from '../../core/export/formats.ts';
import { cx } from '../cx.ts';
import { useApp } from '../store/store.ts';
import floating from '../theme/Floating.module.css';
import styles from './Shell.module.css';

/** Says that an export is being made, and ends it on request. It comes late: a usual export is done before. */
export function ExportProgress() {
  const exporting = useApp((state) => state.exporting);
  if (!exporting) return null;
  return (
    <div className={cx(floating.box, floating.late, styles.progress)}>
      <Loader size={14} />
      <span role="status">Making the {exportFormats[exporting.format].label}</span>
      <Button variant="default" size="compact-xs" onClick={exporting.cancel}>
        Cancel
      </Button>
    </div>
  );
}
