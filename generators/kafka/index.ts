import { notYet } from '../kit/notYet.ts';

export const kafka = notYet('kafka');
