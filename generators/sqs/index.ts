import { notYet } from '../kit/notYet.ts';

export const sqs = notYet('sqs');
