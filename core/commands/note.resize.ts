import type { ElementAddress, Place, Point } from '../design/design.ts';
import { SMALLEST_NOTE } from '../drawing/sizes.ts';
import { ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { defineCommand } from './command.ts';

export interface ResizeArgs {
  readonly address: ElementAddress;
  /** Where the note stands. */
  readonly at: Point;
  /** In px; what is smaller than a note can be becomes the smallest. */
  readonly width: number;
  readonly height: number;
}

/** Gives a note another size, in whole px. Steps that follow each other are one. */
export const noteResize = defineCommand({
  id: 'note.resize',
  label: ({ address }: ResizeArgs) => `Resize ${address.split('/')[1]}`,
  history: 'merge',
  apply: (design, { address, at: [x, y], width, height }): Result<readonly Patch[], Problem> => {
    const place: Place = [
      Math.round(x),
      Math.round(y),
      Math.round(Math.max(SMALLEST_NOTE.width, width)),
      Math.round(Math.max(SMALLEST_NOTE.height, height)),
    ];
    const same = String(design.layout.get(address)) === String(place);
    return ok(same ? [] : [{ op: 'set', path: ['layout', address], value: [...place] }]);
  },
});
