import { useEffect, useRef, useState } from 'react';
import { useHost } from '../panels/hostContext.ts';
import { useAppStore } from '../store/store.ts';
import { bindEditor } from './bind.ts';
import { registerLanguage } from './language/index.ts';
import { monaco } from './monaco.ts';
import { editorOptions } from './options.ts';
import { useEditorTheme } from './useEditorTheme.ts';
import styles from './YamlPanel.module.css';

/** The text of the design, in step with the canvas both ways. */
export function YamlEditor() {
  const store = useAppStore();
  const host = useHost();
  const container = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState<string>();
  useEditorTheme();
  useEffect(() => {
    if (!container.current) return;
    const editor = monaco.editor.create(container.current, {
      model: null,
      ...editorOptions,
      // Plain words of YAML are strings to the tokenizer; what is offered for them is asked for, not guessed from the text.
      quickSuggestions: { other: true, strings: true, comments: false },
      suggest: { showStatusBar: true, preview: false },
      ariaLabel: 'YAML of the design',
    });
    const unbind = bindEditor(editor, store, setNote);
    const unregister = registerLanguage(store, host);
    return () => {
      unregister();
      unbind();
      editor.dispose();
    };
  }, [store, host]);
  return (
    <>
      {note && <div className={styles.note}>{note}</div>}
      <div ref={container} className={styles.editor} data-testid="yaml-editor" />
    </>
  );
}
