import type { editor, IRange, Position } from 'monaco-editor/editor/editor.api';
import { type Spot, spotAt } from '../../../core/language/spot.ts';
import type { Range } from '../../../core/text/nodes.ts';

/** What stands at a position of the editor. */
export const spotIn = (model: editor.ITextModel, position: Position): Spot | undefined =>
  spotAt(model.getValue(), model.getOffsetAt(position));

/** A stretch of the text in the numbers of the editor. */
export function rangeIn(model: editor.ITextModel, { start, end }: Range): IRange {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}
