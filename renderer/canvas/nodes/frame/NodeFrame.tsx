import { Handle, Position } from '@xyflow/react';
import type { CSSProperties, ReactNode } from 'react';
import { farNameSize } from '../../../../core/drawing/sizes.ts';
import { cx } from '../../../cx.ts';
import { useConnectVerdict } from '../../connecting.ts';
import type { FlowNodeData } from '../../flow.ts';
import styles from './NodeFrame.module.css';
import { NodeName } from './NodeName.tsx';
import { useAskedFocus } from './useAskedFocus.ts';

export interface NodeFrameProps {
  readonly data: FlowNodeData;
  readonly selected: boolean;
  readonly className?: string | undefined;
  readonly glyph?: ReactNode;
  /** Drawn behind and beside the text: slots, segments, fan lines. */
  readonly ornament?: ReactNode;
  /** Channels are named as on the broker, so their names are set in the monospaced face. */
  readonly mono?: boolean;
  readonly sends?: boolean;
  readonly style?: CSSProperties;
}

/** What all shapes share: name, second line, badge of findings, ports. */
export function NodeFrame(props: NodeFrameProps) {
  const { data, selected, className, glyph, ornament, mono = false, sends = true } = props;
  const { node, badge, related } = data;
  const { verdict, aimed } = useConnectVerdict(node.address);
  const ref = useAskedFocus(node.address);
  return (
    <div
      ref={ref}
      title={verdict?.ok === false ? verdict.reason : undefined}
      className={cx(
        styles.frame,
        className,
        related && styles.related,
        selected && styles.selected,
        node.origin && styles.implied,
        verdict?.ok === true && styles.fits,
        verdict?.ok === false && styles.faded,
        aimed && styles.aimed,
      )}
      data-broker={node.brokerKind}
      data-shape={node.shape}
      style={
        {
          ...props.style,
          '--far': `${farNameSize(node.shape, node.name, node.size.width)}px`,
        } as CSSProperties
      }
    >
      {ornament}
      {glyph !== undefined && <span className={styles.glyph}>{glyph}</span>}
      <span className={styles.text}>
        <NodeName address={node.address} name={node.name} mono={mono} editable={!node.origin} />
        {node.shape !== 'delay' && (
          <span className={styles.facts} title={node.facts}>
            {node.facts}
          </span>
        )}
      </span>
      <Handle
        id="in"
        type="target"
        position={Position.Left}
        className={styles.catch}
        isConnectableStart={false}
      />
      {/* A consumer starts no connection, but the line of its dead letters needs an end to leave from. */}
      <Handle
        id="out"
        type="source"
        position={Position.Right}
        className={cx(styles.port, !sends && styles.absent)}
        isConnectable={sends}
      />
      {badge && (
        <span className={styles.badge} data-severity={badge.severity} title={badge.title}>
          {badge.text}
        </span>
      )}
    </div>
  );
}
