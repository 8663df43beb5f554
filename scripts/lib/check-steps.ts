import { guarantees } from './guarantees.ts';
import type { Step } from './steps.ts';

/** The static checks. `tsc` and `biome` use both cores by themselves, so the steps run one after the other. */
export const checkSteps: Step[] = [
  { name: 'types', command: 'tsc', args: ['-b'] },
  { name: 'lint', command: 'biome', args: ['check', '.'] },
  { name: 'structure', command: 'node', args: ['scripts/structure.ts'] },
  { name: 'unused', command: 'knip', args: ['--no-progress'] },
  guarantees('check'),
];

export const unitStep: Step = { name: 'unit', command: 'vitest', args: ['run', '--project', 'unit'] };
