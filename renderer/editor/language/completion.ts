import type { languages } from 'monaco-editor/editor/editor.api';
import type { Section } from '../../../core/kinds/registry.ts';
import { type Choice, choicesAt } from '../../../core/language/choices.ts';
import { inline } from '../../../core/text/render.ts';
import type { AppStore } from '../../store/store.ts';
import { monaco } from '../monaco.ts';
import { rangeIn, spotIn } from './place.ts';

const { CompletionItemKind: Kind } = monaco.languages;

/** Offers the ids that may stand at the cursor; keys and values of the schema come from monaco-yaml. */
export const completion = (store: AppStore): languages.CompletionItemProvider => ({
  triggerCharacters: [' ', '[', '"', "'"],
  provideCompletionItems: (model, position) => {
    const spot = spotIn(model, position);
    const { graph } = store.getState().shown ?? {};
    if (!spot || !graph) return { suggestions: [] };
    const range = rangeIn(model, spot.word);
    const written = model.getValueInRange(range);
    const quote = /^["']/.exec(written)?.[0] ?? '';
    return {
      suggestions: choicesAt(spot, graph).map((choice, index) => ({
        label: { label: choice.text, description: choice.detail },
        kind: kindOf(choice),
        insertText: quote ? `${quote}${choice.text}${quote}` : inline(choice.text),
        filterText: `${quote}${choice.text}`,
        // Before what the schema offers, in the order of the file.
        sortText: ` ${String(index).padStart(6, '0')}`,
        ...(choice.doc !== undefined && { documentation: { value: choice.doc } }),
        range,
      })),
    };
  },
});

const kindBySection: Readonly<Partial<Record<Section, languages.CompletionItemKind>>> = {
  brokers: Kind.Module,
  services: Kind.Class,
  messages: Kind.Struct,
  producers: Kind.Method,
  consumers: Kind.Event,
};

function kindOf({ address }: Choice): languages.CompletionItemKind {
  const section = address?.split('/')[0] as Section | undefined;
  return (section && kindBySection[section]) ?? Kind.Reference;
}
