import { Kbd } from '@mantine/core';
import { Panel } from '@xyflow/react';
import { canConnect } from '../../core/commands/connect.ts';
import { parseAddress } from '../../core/design/design.ts';
import { cx } from '../cx.ts';
import { useApp } from '../store/store.ts';
import floating from '../theme/Floating.module.css';
import styles from './Canvas.module.css';

/** Where a connection made by keyboard would lead, whether it may, and the keys. */
export function AimBar() {
  const aim = useApp((state) => state.aim);
  const graph = useApp((state) => state.shown?.graph);
  if (!aim || !graph) return null;
  const verdict = canConnect(graph, aim.from, aim.to);
  const name = (address: typeof aim.to) => parseAddress(address)?.id;
  const at = aim.valid.indexOf(aim.to) + 1;
  return (
    <Panel position="top-center" className={cx(floating.box, styles.aim)}>
      <div role="status">
        <b>
          {name(aim.from)} → {name(aim.to)}
        </b>
        <span data-valid={verdict.ok}>
          {verdict.ok ? `Valid target ${at} of ${aim.valid.length}` : verdict.reason}
        </span>
      </div>
      <div className={styles.aimKeys}>
        <Kbd>←</Kbd>
        <Kbd>→</Kbd> choose <Kbd>Enter</Kbd> connect <Kbd>Esc</Kbd> cancel
      </div>
    </Panel>
  );
}
