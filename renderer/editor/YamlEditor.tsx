import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useAppStore } from '../store/store.ts';
import { bindEditor } from './bind.ts';
import { monaco } from './monaco.ts';
import styles from './YamlPanel.module.css';

/** The text of the design, in step with the canvas both ways. */
export function YamlEditor() {
  const store = useAppStore();
  const container = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState<string>();
  const dark = useComputedColorScheme('light') === 'dark';
  useEffect(() => monaco.editor.setTheme(dark ? 'loom-dark' : 'loom-light'), [dark]);
  useEffect(() => {
    if (!container.current) return;
    const editor = monaco.editor.create(container.current, {
      model: null,
      automaticLayout: true,
      fontFamily: '"JetBrains Mono Variable", monospace',
      fontSize: 12.5,
      lineHeight: 19,
      stickyScroll: { enabled: false },
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      renderLineHighlight: 'all',
      fixedOverflowWidgets: true,
      tabSize: 2,
      padding: { top: 8, bottom: 8 },
      lineNumbersMinChars: 3,
      overviewRulerBorder: false,
      bracketPairColorization: { enabled: false },
      unicodeHighlight: { ambiguousCharacters: false },
      ariaLabel: 'YAML of the design',
    });
    const unbind = bindEditor(editor, store, setNote);
    return () => {
      unbind();
      editor.dispose();
    };
  }, [store]);
  return (
    <>
      {note && <div className={styles.note}>{note}</div>}
      <div ref={container} className={styles.editor} data-testid="yaml-editor" />
    </>
  );
}
