export { generate } from './generate.ts';
export type { OutputTree } from './kit/output.ts';
