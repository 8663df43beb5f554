import type { NodeProps } from '@xyflow/react';
import { brokerLabels } from '../../../../core/kinds/brokers.ts';
import { cx } from '../../../cx.ts';
import { useApp } from '../../../store/store.ts';
import type { GroupNode } from '../../flow.ts';
import styles from './BrokerNode.module.css';

/** The tinted area of a broker; its name selects the broker. */
export function BrokerNode({ data: { group } }: NodeProps<GroupNode>) {
  const select = useApp((state) => state.select);
  const selected = useApp((state) => state.selected.has(`brokers/${group.id}`));
  return (
    <div className={cx(styles.group, selected && styles.selected)} data-broker={group.kind}>
      <button
        type="button"
        // The palette and the outline lead to brokers by keyboard; here Tab goes through the elements.
        tabIndex={-1}
        className={cx(styles.name, 'nopan')}
        onClick={() => select([`brokers/${group.id}`], 'canvas')}
      >
        {group.id}
        <span className={styles.kind}> · {brokerLabels[group.kind]}</span>
      </button>
    </div>
  );
}
