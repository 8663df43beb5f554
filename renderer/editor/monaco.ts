import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/yaml/register';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker.js?worker';
import YamlWorker from './yaml.worker.ts?worker';

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => {
    if (label === 'yaml') return new YamlWorker();
    return label === 'json' ? new JsonWorker() : new EditorWorker();
  },
};

// An id is one word, dots and dashes included: a double click takes it whole, and so do the widgets.
monaco.languages.setLanguageConfiguration('yaml', { wordPattern: /[^\s,[\]{}:#"']+/ });

const colours = (dark: boolean) => ({
  ...widgetColours(dark),
  'editor.background': dark ? '#161b23' : '#ffffff',
  'editorGutter.background': dark ? '#161b23' : '#ffffff',
  'editorLineNumber.foreground': dark ? '#8b96a6' : '#667085',
  // Behind the last line break; Monaco would fade it until it cannot be read.
  'editorLineNumber.dimmedForeground': dark ? '#8b96a6' : '#667085',
  'editor.lineHighlightBackground': dark ? '#1e2530' : '#f3f5f9',
  'editor.lineHighlightBorder': '#00000000',
  'editorWidget.background': dark ? '#1b212b' : '#ffffff',
});
/** Menus, lists and hovers, in the colours of the page (`theme/tokens.css`). */
function widgetColours(dark: boolean): Record<string, string> {
  const [panel, line, text, dim, accent, soft, hover] = dark
    ? ['#1b212b', '#3a4454', '#e6eaf0', '#a3aebd', '#7d9bff', '#1d2848', '#1e2530']
    : ['#ffffff', '#c9d0d9', '#1b2430', '#566173', '#3457d5', '#e9eefc', '#f0f2f6'];
  return {
    foreground: text,
    focusBorder: accent,
    'editorHoverWidget.background': panel,
    'editorHoverWidget.border': line,
    'editorHoverWidget.foreground': text,
    'editorHoverWidget.statusBarBackground': hover,
    'editorSuggestWidget.background': panel,
    'editorSuggestWidget.border': line,
    'editorSuggestWidget.foreground': text,
    'editorSuggestWidget.selectedBackground': soft,
    'editorSuggestWidget.selectedForeground': text,
    'editorSuggestWidget.highlightForeground': accent,
    'editorSuggestWidget.focusHighlightForeground': accent,
    'editorSuggestWidgetStatus.foreground': dim,
    'editorWidget.border': line,
    'menu.background': panel,
    'menu.foreground': text,
    'menu.border': line,
    'menu.selectionBackground': soft,
    'menu.selectionForeground': text,
    'list.hoverBackground': hover,
    'list.focusBackground': soft,
    'list.focusForeground': text,
    'list.activeSelectionBackground': soft,
    'list.activeSelectionForeground': text,
    'list.inactiveSelectionBackground': soft,
    'list.highlightForeground': accent,
    'quickInput.background': panel,
    'quickInput.foreground': text,
    'quickInputList.focusBackground': soft,
    'quickInputList.focusForeground': text,
    'input.background': dark ? '#161b23' : '#ffffff',
    'input.border': line,
    'input.foreground': text,
    'widget.border': line,
    'widget.shadow': dark ? '#00000088' : '#10182822',
    'scrollbar.shadow': '#00000000',
    'scrollbarSlider.background': line,
    'scrollbarSlider.hoverBackground': dim,
    'scrollbarSlider.activeBackground': dim,
    'peekView.border': accent,
    'peekViewTitle.background': hover,
    'peekViewTitleLabel.foreground': text,
    'peekViewTitleDescription.foreground': dim,
    'peekViewResult.background': panel,
    'peekViewResult.lineForeground': text,
    'peekViewResult.fileForeground': text,
    'peekViewResult.selectionBackground': soft,
    'peekViewResult.selectionForeground': text,
    'peekViewEditor.background': dark ? '#161b23' : '#ffffff',
    'peekViewEditorGutter.background': dark ? '#161b23' : '#ffffff',
    // Thin enough for every colour of the text to be read on both together.
    'diffEditor.insertedLineBackground': dark ? '#56c58d14' : '#17704a14',
    'diffEditor.insertedTextBackground': dark ? '#56c58d24' : '#17704a24',
    'diffEditor.removedLineBackground': dark ? '#ff7b7214' : '#c92a2a10',
    'diffEditor.removedTextBackground': dark ? '#ff7b7224' : '#c92a2a1c',
    'diffEditor.unchangedRegionBackground': hover,
    'diffEditor.unchangedRegionForeground': dim,
    'textLink.foreground': accent,
    'textCodeBlock.background': hover,
    descriptionForeground: dim,
  };
}

for (const dark of [false, true]) {
  monaco.editor.defineTheme(dark ? 'loom-dark' : 'loom-light', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'type', foreground: dark ? '8fb0ff' : '2b4abb' },
      { token: 'string.key.json', foreground: dark ? '8fb0ff' : '2b4abb' },
      { token: 'string.value.json', foreground: dark ? 'e0a46e' : '8a4b08' },
      { token: 'comment', foreground: dark ? '8fb37f' : '3f7434' },
    ],
    colors: colours(dark),
  });
}

export { monaco };
