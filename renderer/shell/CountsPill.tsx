import { Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react';
import { cx } from '../cx.ts';
import { useApp } from '../store/store.ts';
import styles from './TopBar.module.css';

/** How many errors, warnings and remarks the review has; opens the problems. */
export function CountsPill() {
  const issues = useApp((state) => state.shown?.issues);
  const awaited = useApp((state) => state.shown?.awaited);
  const showBottom = useApp((state) => state.showBottom);
  // Until a large design is reviewed, "clean" would be a guess.
  if (!issues || awaited) return null;
  const count = (severity: string) => issues.filter((issue) => issue.severity === severity).length;
  const [errors, warnings, remarks] = [count('error'), count('warn'), count('info')];
  const label = `${errors} errors, ${warnings} warnings, ${remarks} remarks`;
  return (
    <Tooltip label={label}>
      <button
        type="button"
        className={styles.pill}
        aria-label={`Problems: ${label}`}
        onClick={() => showBottom('problems')}
      >
        {issues.length === 0 ? (
          <span className={cx(styles.count, styles.ok)}>
            <IconCheck size={14} stroke={2.4} /> clean
          </span>
        ) : (
          <>
            <span className={cx(styles.count, errors > 0 ? styles.error : styles.none)}>
              <IconX size={13} stroke={2.6} /> {errors}
            </span>
            <span className={cx(styles.count, warnings > 0 ? styles.warn : styles.none)}>
              <IconAlertTriangleFilled size={12} /> {warnings}
            </span>
            {remarks > 0 && (
              <span className={cx(styles.count, styles.none)}>
                <IconInfoCircle size={13} /> {remarks}
              </span>
            )}
          </>
        )}
      </button>
    </Tooltip>
  );
}
