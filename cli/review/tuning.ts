import { setFlagsFromString } from 'node:v8';

/**
 * Tunes V8 for one review, which is over before optimized code has paid for its making: with it, 4,000 channels take a
 * quarter more processor time. The simpler compiler pays for what runs for every line; with its own threshold it takes
 * most rules too, and a review of 1,000 channels a tenth more. A young generation that stays small takes a third less
 * memory, and no more time.
 */
export function tuneForOneRun(): void {
  setFlagsFromString('--no-opt');
  setFlagsFromString('--invocation-count-for-maglev=2000');
  setFlagsFromString('--semi-space-growth-factor=1');
}
