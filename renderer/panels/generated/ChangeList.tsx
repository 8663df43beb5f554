import { lazy, Suspense, useState } from 'react';
import type { GenerateChange } from '../../../core/contract/ipc.ts';
import { FileTree } from './FileTree.tsx';
import { type FileState, fileStates, stateOf, versionsOf } from './fileState.ts';
import styles from './Generated.module.css';

/** The editor is 4 MB: it is fetched when the first file is shown. */
const FileView = lazy(() =>
  import('../../editor/FileView.tsx').then(({ FileView }) => ({ default: FileView })),
);

const order = Object.keys(fileStates) as readonly FileState[];

/** The file that most needs a look; of a new workspace its README. */
function firstOf(changes: readonly GenerateChange[]): GenerateChange | undefined {
  const rank = (change: GenerateChange): number =>
    order.indexOf(stateOf(change)) - (change.path === 'README.md' ? 0.5 : 0);
  return [...changes].sort((a, b) => rank(a) - rank(b))[0];
}

/** Files as a tree beside the text of the chosen one, or what changes in it. */
export function ChangeList({ changes }: { readonly changes: readonly GenerateChange[] }) {
  const [chosen, choose] = useState<string>();
  const change = changes.find(({ path }) => path === chosen) ?? firstOf(changes);
  return (
    <div className={styles.generated}>
      <FileTree changes={changes} chosen={change?.path} choose={choose} />
      {change && <Chosen change={change} />}
    </div>
  );
}

function Chosen({ change }: { readonly change: GenerateChange }) {
  const state = stateOf(change);
  const { before, after } = versionsOf(change);
  return (
    <section className={styles.view} aria-label={change.path}>
      <header className={styles.head}>
        <span className={styles.path}>{change.path}</span>
        <span className={styles.state} data-state={state}>
          {fileStates[state].words}
        </span>
        {change.reason && <span className={styles.reason}>{change.reason}</span>}
      </header>
      <Suspense
        fallback={
          <p className={styles.hint} role="status">
            Loading the editor
          </p>
        }
      >
        <FileView path={change.path} before={before} after={after} />
      </Suspense>
    </section>
  );
}
