import { parseAddress } from '../../core/design/design.ts';
import { cx } from '../cx.ts';
import { useApp } from '../store/store.ts';
import styles from './StatusBar.module.css';

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Whether the text is a design, how large it is, and what is selected. */
export function StatusBar() {
  const shown = useApp((state) => state.shown);
  const selected = useApp((state) => state.selected);
  const [first] = selected;
  const found = first && parseAddress(first);
  const line = found && shown?.lastValid?.source?.locate([found.section, found.id])?.line;
  return (
    <footer className={styles.bar}>
      {shown ? (
        <>
          <span className={cx(styles.valid, !shown.valid && styles.invalid)}>
            <i />
            {shown.valid ? 'Valid design' : 'Not a valid design'}
          </span>
          <Size />
          <span>
            {selected.size > 1 ? `${selected.size} selected` : first && line ? `${first} · line ${line}` : ''}
          </span>
        </>
      ) : (
        <span>No design open</span>
      )}
    </footer>
  );
}

function Size() {
  const graph = useApp((state) => state.shown?.graph);
  if (!graph) return null;
  const { design } = graph;
  const services = new Set([
    ...[...design.producers].map(([id, value]) => graph.serviceOf({ id, value })),
    ...[...design.consumers].map(([id, value]) => graph.serviceOf({ id, value })),
  ]);
  const channels = [...graph.channels()].length - graph.origins.size;
  return (
    <span>
      {plural(services.size, 'service')} · {plural(channels, 'channel')} ·{' '}
      {plural(design.bindings.size, 'binding')}
    </span>
  );
}
