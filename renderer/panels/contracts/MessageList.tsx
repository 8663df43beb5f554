import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { cx } from '../../cx.ts';
import { useApp } from '../../store/store.ts';
import rows from '../Rows.module.css';
import { moveFocus } from '../roving.ts';
import styles from './Contracts.module.css';
import type { ContractFacts } from './facts.ts';

interface MessageListProps {
  readonly facts: readonly ContractFacts[];
  readonly chosen: string;
}

/** Every message with its version, and whether something is wrong with its contract. */
export function MessageList({ facts, chosen }: MessageListProps) {
  const select = useApp((state) => state.select);
  return (
    <ul className={cx(rows.list, styles.messages)} aria-label="Messages" onKeyDown={moveFocus}>
      {facts.map(({ id, version, faults }) => (
        <li key={id}>
          <button
            type="button"
            className={cx(rows.row, styles.message)}
            aria-current={id === chosen}
            data-roving
            tabIndex={id === chosen ? 0 : -1}
            title={faults.length > 0 ? `${id}: ${faults.join(', ')}` : id}
            onClick={() => select([`messages/${id}`], 'panel')}
          >
            <span className={rows.text}>{id}</span>
            {faults.length > 0 && (
              <IconAlertTriangleFilled size={13} color="var(--warn)" aria-label={faults.join(', ')} />
            )}
            <b>v{version}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}
