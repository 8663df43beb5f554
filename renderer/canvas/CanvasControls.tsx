import {
  IconLayoutDistributeVertical,
  IconMaximize,
  IconMinus,
  IconPlus,
  IconRepeat,
} from '@tabler/icons-react';
import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { useAction } from '../actions/useAction.ts';
import { useApp } from '../store/store.ts';
import styles from './Canvas.module.css';

/** Zoom, fit, arrange, and whether retry queues are shown. */
export function CanvasControls() {
  const flow = useReactFlow();
  const zoom = useStore(({ transform }) => Math.round(transform[2] * 100));
  const hasRetries = useApp((state) =>
    [...(state.shown?.graph?.origins.values() ?? [])].some((origin) => origin.field === 'retry'),
  );
  const unfolded = useApp((state) => state.unfoldRetries);
  const toggleRetries = useApp((state) => state.toggleRetries);
  const actualSize = useAction('view.actualSize');
  const fit = useAction('view.fit');
  const arrange = useAction('layout.arrange');
  return (
    <Panel position="bottom-left" className={styles.controls}>
      <button type="button" aria-label="Zoom out" onClick={() => void flow.zoomOut()}>
        <IconMinus size={14} />
      </button>
      <button
        type="button"
        className={styles.zoom}
        aria-label={actualSize.label}
        title={`${actualSize.label} (${actualSize.keys})`}
        onClick={actualSize.run}
      >
        {zoom} %
      </button>
      <button type="button" aria-label="Zoom in" onClick={() => void flow.zoomIn()}>
        <IconPlus size={14} />
      </button>
      <button type="button" aria-label="Fit" title={`Show everything (${fit.keys})`} onClick={fit.run}>
        <IconMaximize size={14} /> <span>Fit</span>
      </button>
      <button
        type="button"
        aria-label="Arrange"
        title={`Lay out automatically (${arrange.keys})`}
        disabled={!arrange.enabled}
        onClick={arrange.run}
      >
        <IconLayoutDistributeVertical size={14} /> <span>Arrange</span>
      </button>
      {hasRetries && (
        <button
          type="button"
          title="Show the delay queues that retry policies make"
          aria-label="Retry queues"
          aria-pressed={unfolded}
          onClick={toggleRetries}
        >
          <IconRepeat size={14} /> <span>Retry queues</span>
        </button>
      )}
    </Panel>
  );
}
