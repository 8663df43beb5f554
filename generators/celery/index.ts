import { notYet } from '../kit/notYet.ts';

export const celery = notYet('celery');
