import { Button, Loader } from '@mantine/core';
import { Panel } from '@xyflow/react';
import { useAction } from '../actions/useAction.ts';
import { cx } from '../cx.ts';
import { useApp } from '../store/store.ts';
import floating from '../theme/Floating.module.css';

/** Says that a layout is being worked out, and ends it on request. It comes late: a usual layout is there before. */
export function LayoutProgress() {
  const working = useApp((state) => state.layingOut);
  const count = useApp((state) => state.shown?.scene.nodes.length ?? 0);
  const cancel = useAction('layout.cancel');
  if (!working) return null;
  return (
    <Panel position="top-center" className={cx(floating.box, floating.late)}>
      <Loader size={14} />
      <span role="status">Arranging {count.toLocaleString('en')} elements</span>
      <Button variant="default" size="compact-xs" onClick={cancel.run}>
        Cancel
      </Button>
    </Panel>
  );
}
