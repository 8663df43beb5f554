export { applyWrite } from './apply.ts';
export { writeAtomic, writeNew } from './atomic.ts';
export type { FileChange, OutputFile, Status } from './decide.ts';
export type { Ownership } from './manifest.ts';
export { isStale, type OutputTree, type PlanOptions, planWrite, type WritePlan } from './plan.ts';
export type { FileProblem } from './problem.ts';
export { readDesign } from './read.ts';
