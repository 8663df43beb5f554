import type { OutputTree } from '../../disk/index.ts';

const file = (content: string) => ({ content, ownership: 'generated' as const });
const lines = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';

/** Two versions of a workspace, such that writing the second goes through every kind of change. */
export const first: OutputTree = new Map([
  ['changed.ts', file('old\n')],
  ['conflict.ts', file(lines)],
  ['gone/deleted.ts', file('old\n')],
  ['merged.ts', file(lines)],
  ['settled.ts', file(lines)],
]);
export const next: OutputTree = new Map([
  ['changed.ts', file('new\n')],
  ['conflict.ts', file(lines.replace('two', '2'))],
  ['merged.ts', file(lines.replace('six', '6'))],
  ['new/new.ts', file('new\n')],
  ['settled.ts', file(lines.replace('two', '2').replace('six', '6'))],
]);
/** The second version of `settled.ts` contradicts the user's edit before; the user settled that. */
export const between: OutputTree = new Map([...first, ['settled.ts', file(lines.replace('two', '2'))]]);

/** What the user made of the first version. */
export const edits: Readonly<Record<string, string>> = {
  'conflict.ts': lines.replace('two', 'TWO'),
  'merged.ts': lines.replace('two', 'TWO'),
  'settled.ts': lines.replace('two', 'TWO'),
};
