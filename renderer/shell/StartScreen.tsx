import { Button } from '@mantine/core';
import { useApp } from '../store/store.ts';
import { Logo } from './Logo.tsx';
import styles from './StartScreen.module.css';

/** What to do when no design is open. */
export function StartScreen() {
  const started = useApp((state) => state.started);
  const recent = useApp((state) => state.recent);
  const newFile = useApp((state) => state.newFile);
  const openFile = useApp((state) => state.openFile);
  const openListed = useApp((state) => state.openListed);
  if (!started) return <div />;
  return (
    <main className={styles.start}>
      <Logo className={styles.logo} />
      <h2>Brokerloom</h2>
      <p>Draw producers, exchanges, queues and consumers; review the design; generate services that run.</p>
      <div className={styles.buttons}>
        <Button onClick={() => void newFile()}>New design</Button>
        <Button variant="default" onClick={() => void openFile()}>
          Open…
        </Button>
      </div>
      {recent.length > 0 && (
        <nav className={styles.recent} aria-label="Recent designs">
          {recent.map(({ doc, name, folder }) => (
            <button key={doc} type="button" onClick={() => void openListed(doc)}>
              {name} <small>{folder}</small>
            </button>
          ))}
        </nav>
      )}
    </main>
  );
}
