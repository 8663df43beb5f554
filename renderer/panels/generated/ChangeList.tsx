import { useState } from 'react';
import type { GenerateChange } from '../../../core/contract/ipc.ts';
import { DiffView } from './DiffView.tsx';
import styles from './Generated.module.css';

/** What happens to a file, in the words of the user. */
const words = {
  new: 'new',
  changed: 'changed',
  unchanged: 'same',
  merged: 'merged',
  conflict: 'conflict',
  kept: 'yours',
  deleted: 'deleted',
} as const satisfies Record<GenerateChange['status'], string>;

const order = Object.keys({ conflict: 0, deleted: 0, changed: 0, merged: 0, new: 0, kept: 0, unchanged: 0 });

/** Files beside the diff of the chosen one; what needs a look comes first. */
export function ChangeList({ changes }: { readonly changes: readonly GenerateChange[] }) {
  const [chosen, choose] = useState<string>();
  const sorted = [...changes].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || (a.path < b.path ? -1 : 1),
  );
  const change = sorted.find(({ path }) => path === chosen) ?? sorted[0];
  return (
    <div className={styles.generated}>
      <ul className={styles.files} aria-label="Files">
        {sorted.map(({ path, status }) => (
          <li key={path}>
            <button
              type="button"
              className={styles.file}
              aria-pressed={path === change?.path}
              onClick={() => choose(path)}
            >
              <b className={styles.status} data-status={status}>
                {words[status]}
              </b>
              <span title={path}>{path}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.diff}>
        {change?.diff ? (
          <DiffView lines={change.diff.split('\n')} />
        ) : (
          <p className={styles.hint}>The file stays as it is.</p>
        )}
      </div>
    </div>
  );
}
