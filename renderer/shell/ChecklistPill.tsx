import { Tooltip } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useChecklist } from '../panels/checklist/useChecklist.ts';
import { useApp } from '../store/store.ts';
import styles from './TopBar.module.css';

/** How many questions of the design review are passed; opens the checklist. */
export function ChecklistPill() {
  const checklist = useChecklist();
  const showBottom = useApp((state) => state.showBottom);
  if (!checklist) return null;
  const { counts } = checklist;
  const asked = checklist.answers.length - counts['n/a'];
  const label = `${counts.pass + counts.waived} of ${asked} questions passed, ${counts.fail} failed, ${counts.unknown} unknown`;
  return (
    <Tooltip label={label}>
      <button
        type="button"
        className={styles.pill}
        aria-label={`Checklist: ${label}`}
        onClick={() => showBottom('checklist')}
      >
        <span className={styles.count}>
          <IconListCheck size={14} /> {counts.pass + counts.waived}/{asked}
        </span>
      </button>
    </Tooltip>
  );
}
