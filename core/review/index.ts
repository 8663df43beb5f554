export type { CatalogueEntry } from './catalogue.ts';
export { catalogue, docsPage } from './catalogue.ts';
export { explain } from './explain.ts';
export type { Fixed } from './fix.ts';
export { applyFixes } from './fix.ts';
export type { Finding, Fix, Report } from './report.ts';
export type { Reviewable, ReviewOptions } from './review.ts';
export { review } from './review.ts';
export type { Severity } from './rule.ts';
