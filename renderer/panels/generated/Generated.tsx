import { Button } from '@mantine/core';
import { IconAlertTriangle, IconFileCode } from '@tabler/icons-react';
import { useAction } from '../../actions/useAction.ts';
import { useApp } from '../../store/store.ts';
import panel from '../BottomPanel.module.css';
import { ChangeList } from './ChangeList.tsx';
import styles from './Generated.module.css';
import { Working } from './Working.tsx';

/** The files that the design makes, compared with a folder once one is chosen. */
export function Generated() {
  const generation = useApp((state) => state.generation);
  switch (generation.step) {
    case 'idle':
      return <Empty />;
    case 'working':
      return (
        <div className={panel.empty}>
          <Working {...generation} />
        </div>
      );
    case 'problems':
      return (
        <div className={panel.empty} role="alert">
          <IconAlertTriangle size={20} color="var(--err)" />
          <span>
            {generation.problems.map(({ code, message, hint }) => (
              <span key={`${code} ${message}`} className={styles.problem}>
                {message} {hint}
              </span>
            ))}
          </span>
          <Again />
        </div>
      );
    default:
      return (
        <div className={styles.panel}>
          <Toolbar text={generation.text} folder={generation.folder} count={generation.changes.length} />
          <ChangeList changes={generation.changes} />
        </div>
      );
  }
}

function Empty() {
  const preview = useAction('generate.preview');
  const generate = useAction('generate');
  return (
    <div className={panel.empty}>
      <IconFileCode size={20} />
      <span>See the workspace that this design makes; nothing is written.</span>
      <Button disabled={!preview.enabled} onClick={preview.run}>
        Preview the files
      </Button>
      <Button variant="default" disabled={!generate.enabled} onClick={generate.run}>
        Generate…
      </Button>
    </div>
  );
}

function Again() {
  const preview = useAction('generate.preview');
  return (
    <Button variant="default" disabled={!preview.enabled} onClick={preview.run}>
      Try again
    </Button>
  );
}

interface ToolbarProps {
  readonly text: string;
  readonly folder: string | undefined;
  readonly count: number;
}

/** What the files were made of and compared with, and whether that is still so. */
function Toolbar({ text, folder, count }: ToolbarProps) {
  const isStale = useApp((state) => state.shown?.text !== text);
  const preview = useAction('generate.preview');
  const generate = useAction('generate');
  return (
    <div className={styles.toolbar}>
      <span>
        {count} files, compared with {folder === undefined ? 'an empty folder' : <code>{folder}</code>}
      </span>
      {isStale && <span className={styles.stale}>The design has changed since.</span>}
      <span className={styles.grow} />
      <Button
        size="compact-sm"
        variant={isStale ? 'filled' : 'default'}
        disabled={!preview.enabled}
        onClick={preview.run}
      >
        Compare again
      </Button>
      <Button size="compact-sm" variant="default" disabled={!generate.enabled} onClick={generate.run}>
        Generate…
      </Button>
    </div>
  );
}
