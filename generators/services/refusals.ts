import type { Consumer, Producer } from '../../core/design/design.ts';
import type { Refusal } from '../kit/refusals.ts';
import { notGenerated } from './endings.ts';

/** What no broker's services do otherwise. */
export const dropsAtShutdown: Refusal<Producer> = [
  ({ shutdown }) => shutdown === 'none',
  () => 'a shutdown that drops what is not confirmed is not generated.',
  'Use flush.',
];

/** @param place where, such as `on Kafka` */
export const publishesOtherwise = (place: string): Refusal<Producer> => [
  ({ publishVia = 'direct' }) => !['direct', 'outbox'].includes(publishVia),
  ({ publishVia }) => `publishVia: ${publishVia} is not generated yet ${place}.`,
  'Use direct or outbox.',
];

export const endsOtherwise: Refusal<Consumer> = [
  ({ onFailure = 'dead-letter' }) => !['dead-letter', 'stop'].includes(onFailure),
  ({ onFailure }) => notGenerated(onFailure),
  'Use dead-letter, or stop where a flow relies on the order.',
];

export const namesHandler: Refusal<Consumer> = [
  ({ handler }) => handler !== undefined,
  () => 'a name for the handler is not generated yet.',
  'Leave handler out; the id names it.',
];
