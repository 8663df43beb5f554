import { notYet } from '../kit/notYet.ts';

export const redis = notYet('redis');
