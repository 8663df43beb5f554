import { notYet } from '../kit/notYet.ts';

export const kinesis = notYet('kinesis');
