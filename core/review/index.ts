export { Reviewer } from './incremental/reviewer.ts';
export type { Fix, Report } from './report.ts';
export type { Severity } from './rule.ts';
