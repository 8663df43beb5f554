import type { NodeProps } from '@xyflow/react';
import { useMemo } from 'react';
import { blocksOf } from '../../../../core/drawing/note/markdown.ts';
import { cx } from '../../../cx.ts';
import { useApp } from '../../../store/store.ts';
import type { ElementNode } from '../../flow.ts';
import { useAskedFocus } from '../frame/useAskedFocus.ts';
import { Markdown } from './Markdown.tsx';
import { NoteEditor } from './NoteEditor.tsx';
import styles from './NoteNode.module.css';
import { useResize } from './useResize.ts';

/** Plain paper with Markdown on it. A double click or Enter edits it in place, its corner resizes it. */
export function NoteNode({ data: { node }, selected }: NodeProps<ElementNode>) {
  const { address, facts: text } = node;
  const editing = useApp((state) => state.naming === address);
  const startNaming = useApp((state) => state.startNaming);
  const blocks = useMemo(() => blocksOf(text), [text]);
  const { size, grip } = useResize(node);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter on the node does the same
    <div
      ref={useAskedFocus(address)}
      className={cx(styles.note, selected && styles.selected)}
      style={size}
      data-testid="note"
      onDoubleClick={() => startNaming(address)}
    >
      {editing ? (
        <NoteEditor address={address} text={text} />
      ) : (
        <div className={styles.text}>
          <Markdown blocks={blocks} />
        </div>
      )}
      {selected && !editing && (
        <span className={cx(styles.grip, 'nodrag', 'nopan')} data-testid="grip" aria-hidden {...grip} />
      )}
    </div>
  );
}
