import type { languages } from 'monaco-editor/editor/editor.api';
import { hoverAt } from '../../../core/language/hover.ts';
import type { AppStore } from '../../store/store.ts';
import { rangeIn, spotIn } from './place.ts';

/** Says what the word under the pointer means, or what it names. */
export const hover = (store: AppStore): languages.HoverProvider => ({
  provideHover: (model, position) => {
    const spot = spotIn(model, position);
    const found = spot && hoverAt(spot, store.getState().shown?.graph);
    return (
      found && { range: rangeIn(model, found.word), contents: found.paragraphs.map((value) => ({ value })) }
    );
  },
});
