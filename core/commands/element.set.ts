import { type ElementAddress, parseAddress } from '../design/design.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import type { Path } from '../text/source.ts';
import { broughtBy } from './brought.ts';
import { defineCommand } from './command.ts';

export interface SetArgs {
  /** An element, or `design` for the attributes of the design itself. */
  readonly address: ElementAddress | 'design';
  /** Path of the attribute below the element, such as `['deadLetter', 'owner']`. */
  readonly field: Path;
  /** `undefined` takes the attribute out, so that the default holds again. */
  readonly value: unknown;
}

/** Sets or resets one attribute. */
export const elementSet = defineCommand({
  id: 'element.set',
  label: ({ field, address }: SetArgs) => `Set ${field.join('.')} of ${address.split('/')[1] ?? address}`,
  history: 'merge',
  apply: (design, { address, field, value }): Result<readonly Patch[], Problem> => {
    const found = address === 'design' ? undefined : parseAddress(address);
    if (address !== 'design' && !(found && design[found.section].has(found.id))) {
      return fail({
        code: 'LOOM_COMMAND',
        message: `There is no ${address}.`,
        hint: 'It may have been deleted or renamed.',
      });
    }
    const path: Path = found ? [found.section, found.id, ...field] : ['design', ...field];
    const patches: Patch[] = [value === undefined ? { op: 'remove', path } : { op: 'set', path, value }];
    if (found?.section === 'producers' && field.length === 1 && field[0] === 'messages') {
      const brought = broughtBy(design, found.id);
      const stays = brought === undefined || (Array.isArray(value) && value.includes(brought));
      if (!stays) patches.push({ op: 'remove', path: ['messages', brought] });
    }
    return ok(patches);
  },
});
