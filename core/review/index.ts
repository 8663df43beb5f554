export type { Reviewable, ReviewOptions } from './review.ts';
export { review } from './review.ts';
