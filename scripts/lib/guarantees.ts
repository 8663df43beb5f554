import type { Step } from './steps.ts';

/** A command about `docs/guarantees.*`, as `test/faults/guarantees/main.ts` has them. */
export const guarantees = (...args: string[]): Step => ({
  name: 'guarantees',
  command: 'node',
  args: ['test/faults/guarantees/main.ts', ...args],
});
