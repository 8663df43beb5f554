import { notYet } from '../kit/notYet.ts';

export const sns = notYet('sns');
