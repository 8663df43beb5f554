import type { IDisposable, languages } from 'monaco-editor/editor/editor.api';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import { configureMonacoYaml } from 'monaco-yaml';
import { isFitting } from '../../../core/language/fitting.ts';
import { jsonSchema } from '../../../core/text/schema.ts';
import type { AppStore } from '../../store/store.ts';
import { monaco } from '../monaco.ts';
import YamlWorker from '../yaml.worker.ts?worker';
import { spotIn } from './place.ts';

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

type Completion = languages.CompletionItemProvider;

/** What the schema offers, without what means nothing on the broker of the element, and without stand-ins for ids. */
const fitting = (store: AppStore, provider: Completion): Completion => ({
  ...provider,
  provideCompletionItems: async (model, position, context, token) => {
    const offered = await provider.provideCompletionItems(model, position, context, token);
    const spot = spotIn(model, position);
    const design = store.getState().shown?.graph?.design;
    if (!offered || !spot || !design) return offered;
    return {
      ...offered,
      suggestions: offered.suggestions.filter((one) => isFitting(spot, labelOf(one), design)),
    };
  },
});

const labelOf = ({ label }: languages.CompletionItem): string =>
  typeof label === 'string' ? label : label.label;

/** Completion of keys and values comes from the schema; what is wrong with the text and what it means says core alone. */
export const schemaCompletion = (store: AppStore): IDisposable => {
  const yaml = {
    ...compatible,
    languages: {
      ...monaco.languages,
      registerCompletionItemProvider: (language: string, provider: Completion) =>
        monaco.languages.registerCompletionItemProvider(language, fitting(store, provider)),
    },
  };
  return configureMonacoYaml(yaml as unknown as Parameters<typeof configureMonacoYaml>[0], {
    enableSchemaRequest: false,
    validate: false,
    completion: true,
    hover: false,
    format: { enable: false },
    schemas: [
      {
        uri: 'https://brokerloom.invalid/design.schema.json',
        fileMatch: ['**/*.loom.yaml'],
        schema: jsonSchema('draft-7') as never,
      },
    ],
    // Its declaration extends the type of a package that is not there.
  }) as unknown as IDisposable;
};
