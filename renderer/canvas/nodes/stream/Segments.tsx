import styles from './Segments.module.css';

const SEGMENTS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'head'] as const;

/** The segments of a log, in the colour of its broker. */
export const Segments = () => (
  <span className={styles.log} data-log aria-hidden>
    {SEGMENTS.map((segment) => (
      <i key={segment} />
    ))}
  </span>
);
