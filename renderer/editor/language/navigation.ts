import type { editor, languages } from 'monaco-editor/editor/editor.api';
import { definitionOf, namedAt, usesOf } from '../../../core/language/naming.ts';
import type { Path } from '../../../core/text/nodes.ts';
import type { AppStore } from '../../store/store.ts';
import { rangeIn, spotIn } from './place.ts';

/** Where elements are defined and used. Both need a text that can be parsed, if not a valid design. */
export const navigation = (store: AppStore): languages.DefinitionProvider & languages.ReferenceProvider => {
  const place = (model: editor.ITextModel, path: Path, of: 'key' | 'value'): languages.Location[] => {
    const source = store.getState().shown?.loaded.source;
    const range = of === 'key' ? source?.keyRange(path) : source?.valueRange(path);
    return range ? [{ uri: model.uri, range: rangeIn(model, range) }] : [];
  };
  return {
    provideDefinition: (model, position) => {
      const { graph } = store.getState().shown ?? {};
      const spot = spotIn(model, position);
      const named = graph && spot && namedAt(spot, graph);
      return named && place(model, definitionOf(graph, named.address), 'key');
    },
    provideReferences: (model, position, { includeDeclaration }) => {
      const { graph, lastValid } = store.getState().shown ?? {};
      const spot = spotIn(model, position);
      const named = graph && spot && namedAt(spot, graph);
      if (!named || !lastValid?.design) return [];
      return [
        ...(includeDeclaration ? place(model, definitionOf(graph, named.address), 'key') : []),
        ...usesOf(lastValid.design, named.address).flatMap((path) =>
          place(model, path, path[0] === 'layout' ? 'key' : 'value'),
        ),
      ];
    },
  };
};
