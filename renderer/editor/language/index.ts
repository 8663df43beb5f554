import type { Host } from '../../host/host.ts';
import type { AppStore } from '../../store/store.ts';
import { monaco } from '../monaco.ts';
import { completion } from './completion.ts';
import { fixCommands, fixes } from './fixes.ts';
import { hover } from './hover.ts';
import { navigation } from './navigation.ts';
import { rename } from './rename.ts';
import { schemaCompletion } from './schema.ts';

/** What the editor knows of designs beside their schema. @returns A function that ends this. */
export function registerLanguage(store: AppStore, host: Host): () => void {
  const { languages } = monaco;
  const places = navigation(store);
  // The open design alone: other YAML, such as a generated file, is not written in these terms.
  const design = { language: 'yaml', scheme: 'inmemory' };
  const parts = [
    schemaCompletion(store),
    languages.registerCompletionItemProvider(design, completion(store)),
    languages.registerHoverProvider(design, hover(store)),
    languages.registerDefinitionProvider(design, places),
    languages.registerReferenceProvider(design, places),
    languages.registerRenameProvider(design, rename(store)),
    languages.registerCodeActionProvider(design, fixes(store), { providedCodeActionKinds: ['quickfix'] }),
    ...fixCommands(store),
    monaco.editor.registerLinkOpener({
      open: (uri) => {
        void host.appOpenExternal({ url: uri.toString(true) });
        return true;
      },
    }),
  ];
  return () => {
    for (const part of parts) part.dispose();
  };
}
