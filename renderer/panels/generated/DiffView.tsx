import styles from './DiffView.module.css';

const kinds: Readonly<Record<string, string | undefined>> = { '+': styles['added'], '-': styles['removed'] };

/** Lines of a unified diff. */
export const DiffView = ({ lines }: { readonly lines: readonly string[] }) => (
  <pre className={styles.diff}>
    {lines.map((line, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines of a diff have no identity but their place
      <div key={index} className={kinds[line.charAt(0)]}>
        {line || ' '}
      </div>
    ))}
  </pre>
);
