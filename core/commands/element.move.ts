import { type ElementAddress, movedTo, type Point } from '../design/design.ts';
import { ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { defineCommand } from './command.ts';

export interface MoveArgs {
  readonly moves: readonly { readonly address: ElementAddress; readonly to: Point }[];
}

/** Sets positions on the canvas, in whole px. */
export const elementMove = defineCommand({
  id: 'element.move',
  label: ({ moves }: MoveArgs) =>
    moves.length === 1 ? `Move ${moves[0]?.address.split('/')[1]}` : `Move ${moves.length} elements`,
  history: 'record',
  apply: (design, { moves }): Result<readonly Patch[], Problem> =>
    ok(
      moves
        .map(({ address, to: [x, y] }) => ({
          address,
          to: movedTo([Math.round(x), Math.round(y)], design.layout.get(address)),
        }))
        .filter(({ address, to }) => String(design.layout.get(address)) !== String(to))
        .map(({ address, to }) => ({ op: 'set', path: ['layout', address], value: [...to] })),
    ),
});
