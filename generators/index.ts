export { generate } from './generate.ts';
export type { OutputFile, OutputTree, Ownership } from './kit/output.ts';
