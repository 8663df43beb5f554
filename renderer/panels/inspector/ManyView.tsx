import { Button } from '@mantine/core';
import { useAction } from '../../actions/useAction.ts';
import styles from './Inspector.module.css';

/** Several elements: what can be done to all of them. */
export function ManyView({ count }: { readonly count: number }) {
  const remove = useAction('edit.delete');
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2 className={styles.title}>
          <span>{count} elements</span>
        </h2>
        <p className={styles.subtitle}>Drag them or use the arrow keys to move them together.</p>
      </header>
      <div className={styles.empty}>
        <Button variant="default" disabled={!remove.enabled} onClick={remove.run}>
          Delete {count} elements
        </Button>
      </div>
    </div>
  );
}
