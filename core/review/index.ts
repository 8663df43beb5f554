export type { Fix, Report } from './report.ts';
export { review } from './review.ts';
export type { Severity } from './rule.ts';
