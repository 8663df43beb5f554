import type { Consumer } from '../../core/design/design.ts';
import type { ConsumerPlan, Decision } from '../endpoint.ts';

/** Why an end of a message that was given up is not generated. */
export function notGenerated(onFailure: Consumer['onFailure']): string {
  return onFailure === 'drop'
    ? 'onFailure: drop would lose messages for good and is not generated.'
    : `onFailure: ${onFailure} is not generated: which keys are parked would have to outlive the process.`;
}

/** What follows the last attempt, where it is no dead letter. */
export const planEnding = ({ onFailure }: Consumer): Pick<ConsumerPlan, 'onFailure'> =>
  onFailure === 'stop'
    ? {
        onFailure: {
          value: 'stop',
          reason:
            'after the last attempt the key waits, and the service says so, until the cause is corrected',
        },
      }
    : {};

export const planConcurrency = ({ concurrency }: Consumer): Decision<number> =>
  concurrency === undefined
    ? { value: 1, reason: 'one handler at a time, the safe default' }
    : { value: concurrency, reason: '' };
