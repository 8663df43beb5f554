import type { Consumer } from '../../core/design/design.ts';

/** Why an end of a message that was given up is not generated. */
export function notGenerated(onFailure: Consumer['onFailure']): string {
  return onFailure === 'drop'
    ? 'onFailure: drop would lose messages for good and is not generated.'
    : `onFailure: ${onFailure} is not generated: which keys are parked would have to outlive the process.`;
}
