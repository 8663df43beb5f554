import type { editor } from 'monaco-editor/editor/editor.api';

/** How every editor of the app looks. */
export const editorOptions = {
  automaticLayout: true,
  fontFamily: '"JetBrains Mono Variable", monospace',
  fontSize: 12.5,
  lineHeight: 19,
  stickyScroll: { enabled: false },
  scrollbar: { verticalScrollbarSize: 8, horizontalScrollbarSize: 8 },
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
  wordBasedSuggestions: 'off',
} as const satisfies editor.IEditorOptions & editor.IGlobalEditorOptions;
