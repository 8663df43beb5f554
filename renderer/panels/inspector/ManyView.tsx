import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  type IconProps,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { ActionId } from '../../actions/registry.ts';
import { useAction } from '../../actions/useAction.ts';
import styles from './Inspector.module.css';

const tools = [
  ['align.left', IconLayoutAlignLeft],
  ['align.center', IconLayoutAlignCenter],
  ['align.right', IconLayoutAlignRight],
  ['align.top', IconLayoutAlignTop],
  ['align.middle', IconLayoutAlignMiddle],
  ['align.bottom', IconLayoutAlignBottom],
  ['distribute.across', IconLayoutDistributeVertical],
  ['distribute.down', IconLayoutDistributeHorizontal],
] as const satisfies readonly (readonly [ActionId, ComponentType<IconProps>])[];

/** Several elements: what can be done to all of them. */
export function ManyView({ count }: { readonly count: number }) {
  const duplicate = useAction('edit.duplicate');
  const remove = useAction('edit.delete');
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2 className={styles.title}>
          <span>{count} elements</span>
        </h2>
        <p className={styles.subtitle}>Drag them or use the arrow keys to move them together.</p>
      </header>
      <section aria-label="Align and distribute">
        <h3 className={styles.group}>Align and distribute</h3>
        <div className={styles.tools}>
          {tools.map(([id, Icon]) => (
            <Tool key={id} id={id} Icon={Icon} />
          ))}
        </div>
      </section>
      <div className={styles.empty}>
        <Button variant="default" disabled={!duplicate.enabled} onClick={duplicate.run}>
          Duplicate
        </Button>
        <Button variant="default" disabled={!remove.enabled} onClick={remove.run}>
          Delete {count} elements
        </Button>
      </div>
    </div>
  );
}

function Tool({ id, Icon }: { readonly id: ActionId; readonly Icon: ComponentType<IconProps> }) {
  const { label, keys, enabled, run } = useAction(id);
  return (
    <Tooltip label={`${label} (${keys})`}>
      <ActionIcon variant="default" size={30} aria-label={label} disabled={!enabled} onClick={run}>
        <Icon size={17} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}
