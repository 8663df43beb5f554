import { setFlagsFromString } from 'node:v8';

/**
 * Tunes V8 for one review, which is over before optimized code has paid for its making: with it, 4,000 channels take a
 * quarter more processor time. A young generation that stays small takes a third less memory, and no more time.
 */
export function tuneForOneRun(): void {
  setFlagsFromString('--no-opt');
  setFlagsFromString('--semi-space-growth-factor=1');
}
