export { applyWrite } from './apply.ts';
export { writeAtomic, writeNew } from './atomic.ts';
export type { FileChange, Status } from './decide.ts';
export { findAbove } from './find.ts';
export { readRevision } from './git.ts';
export { isStale, type OutputTree, planWrite, type WritePlan } from './plan.ts';
export type { FileProblem } from './problem.ts';
export { readDesign } from './read.ts';
