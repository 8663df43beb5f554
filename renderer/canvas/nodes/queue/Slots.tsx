import styles from './Slots.module.css';

/** The slots of a queue, in the colour of its broker. */
export const Slots = () => (
  <span className={styles.slots} aria-hidden>
    <i />
    <i />
    <i />
  </span>
);
