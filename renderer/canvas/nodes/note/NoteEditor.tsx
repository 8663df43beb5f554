import { useEffect, useRef } from 'react';
import type { ElementAddress } from '../../../../core/design/design.ts';
import { cx } from '../../../cx.ts';
import { useAppStore } from '../../../store/store.ts';
import styles from './NoteNode.module.css';

interface NoteEditorProps {
  readonly address: ElementAddress;
  readonly text: string;
}

/** The text of a note as it is written. Escape and leaving it keep what was typed; undo takes it back. */
export function NoteEditor({ address, text }: NoteEditorProps) {
  const store = useAppStore();
  const field = useRef<HTMLTextAreaElement>(null);
  const given = useRef(false);
  useEffect(() => {
    field.current?.focus();
    // A word is replaced, a text is continued.
    if (text.length < 24) field.current?.select();
    else field.current?.setSelectionRange(text.length, text.length);
  }, [text]);
  const end = (typed: string) => {
    if (given.current) return;
    given.current = true;
    const app = store.getState();
    app.startNaming(undefined);
    // A note without a text says nothing; what it said stays.
    if (typed.trim() !== '' && typed !== text)
      app.run('element.set', { address, field: ['text'], value: typed });
  };
  return (
    <textarea
      ref={field}
      className={cx(styles.editor, 'nodrag', 'nopan', 'nowheel')}
      aria-label="Text of the note, in Markdown"
      defaultValue={text}
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        end(event.currentTarget.value);
        store.getState().askFocus(address);
      }}
    />
  );
}
