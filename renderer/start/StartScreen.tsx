import { Button, Kbd, Tooltip } from '@mantine/core';
import { IconFileOff, IconFileText, IconFolderOpen, IconPlus, IconX } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useAction } from '../actions/useAction.ts';
import { cx } from '../cx.ts';
import { Logo } from '../shell/Logo.tsx';
import { useApp } from '../store/store.ts';
import styles from './StartScreen.module.css';

/** The designs are as large as the rest of the screen; the window is there before them. */
const Gallery = lazy(() => import('./Gallery.tsx'));

/** What to do when no design is open: begin, go on, or take a template. */
export function StartScreen() {
  const started = useApp((state) => state.started);
  const create = useAction('file.new');
  const open = useAction('file.open');
  if (!started) return <div />;
  return (
    <main className={styles.start}>
      <div className={styles.side}>
        <Logo className={styles.logo} />
        <p className={styles.name}>Brokerloom</p>
        <p className={styles.about}>
          Draw producers, exchanges, queues and consumers; review the design; generate services that run.
        </p>
        <Button
          justify="space-between"
          leftSection={<IconPlus size={15} />}
          rightSection={
            <Kbd className={styles.onAccent} aria-hidden>
              {create.keys}
            </Kbd>
          }
          onClick={create.run}
        >
          New design
        </Button>
        <Button
          variant="default"
          justify="space-between"
          leftSection={<IconFolderOpen size={15} />}
          rightSection={<Kbd aria-hidden>{open.keys}</Kbd>}
          onClick={open.run}
        >
          Open…
        </Button>
        <p className={styles.hint}>or drop a design on the window</p>
        <Recent />
      </div>
      <div className={styles.templates}>
        <Suspense>
          <Gallery titled />
        </Suspense>
      </div>
    </main>
  );
}

function Recent() {
  const recent = useApp((state) => state.recent);
  const missing = useApp((state) => state.missing);
  const openListed = useApp((state) => state.openListed);
  const forget = useApp((state) => state.forgetRecent);
  if (recent.length === 0) return null;
  return (
    <nav className={styles.recent} aria-label="Recent designs">
      <h2>Recent</h2>
      <ul>
        {recent.map(({ doc, name, folder }) => {
          const gone = missing.has(doc);
          return (
            <li key={doc} className={cx(gone && styles.gone)}>
              <button type="button" className={styles.entry} onClick={() => void openListed(doc)}>
                {gone ? <IconFileOff size={15} /> : <IconFileText size={15} />}
                <span>
                  <b>{name}</b>
                  <small title={folder}>{gone ? `no longer in ${folder}` : folder}</small>
                </span>
              </button>
              <Tooltip label="Take off this list">
                <button
                  type="button"
                  className={styles.forget}
                  aria-label={`Take ${name} off this list`}
                  onClick={() => void forget(doc)}
                >
                  <IconX size={14} />
                </button>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
