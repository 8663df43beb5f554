import * as monaco from 'monaco-editor/editor/editor.api';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/yaml/register';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import { configureMonacoYaml } from 'monaco-yaml';
import { jsonSchema } from '../../core/text/schema.ts';
import YamlWorker from './yaml.worker.ts?worker';

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) => (label === 'yaml' ? new YamlWorker() : new EditorWorker()),
};

interface OldWorkerOptions {
  readonly label?: string;
  readonly createData?: unknown;
  readonly keepIdleModels?: boolean;
}

/** monaco-editor takes a worker since 0.55; monaco-yaml still passes what to make one from. */
const compatible = {
  ...monaco,
  editor: {
    ...monaco.editor,
    createWebWorker: ({ label, createData, keepIdleModels }: OldWorkerOptions) => {
      const worker = label === 'yaml' ? new YamlWorker() : new EditorWorker();
      // monaco-worker-manager starts at the first message and reads its data from the second.
      worker.postMessage('ignore');
      worker.postMessage(createData);
      return monaco.editor.createWebWorker({
        worker,
        ...(keepIdleModels !== undefined && { keepIdleModels }),
      });
    },
  },
};

/** Completion and hover come from the schema; what is wrong with the text says core alone. */
configureMonacoYaml(compatible as unknown as Parameters<typeof configureMonacoYaml>[0], {
  enableSchemaRequest: false,
  validate: false,
  completion: true,
  hover: true,
  format: { enable: false },
  schemas: [
    {
      uri: 'https://brokerloom.invalid/design.schema.json',
      fileMatch: ['**/*.loom.yaml'],
      schema: jsonSchema('draft-7') as never,
    },
  ],
});

const colours = (dark: boolean) => ({
  'editor.background': dark ? '#161b23' : '#ffffff',
  'editorGutter.background': dark ? '#161b23' : '#ffffff',
  'editorLineNumber.foreground': dark ? '#8b96a6' : '#667085',
  'editor.lineHighlightBackground': dark ? '#1e2530' : '#f3f5f9',
  'editor.lineHighlightBorder': '#00000000',
  'editorWidget.background': dark ? '#1b212b' : '#ffffff',
});
for (const dark of [false, true]) {
  monaco.editor.defineTheme(dark ? 'loom-dark' : 'loom-light', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'type', foreground: dark ? '8fb0ff' : '2b4abb' },
      { token: 'comment', foreground: dark ? '8fb37f' : '3f7434' },
    ],
    colors: colours(dark),
  });
}

export { monaco };
