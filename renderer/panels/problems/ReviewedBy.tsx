import { useApp } from '../../store/store.ts';
import styles from './Problems.module.css';

/** Says by which configuration the design was reviewed, and where that of the project has no effect. */
export function ReviewedBy() {
  const config = useApp((state) => state.config);
  if (config.status === 'none' || config.status === 'broken') return null;
  return (
    <p className={styles.config}>
      {config.status === 'applied'
        ? `Reviewed by ${config.place}.`
        : 'Reviewed by the recommended rules: a browser cannot read a brokerloom.config.yaml beside the design.'}
    </p>
  );
}
