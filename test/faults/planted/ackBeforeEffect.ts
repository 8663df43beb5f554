import { crashWithClaim } from '../matrix/17-crash-with-claim.ts';
import type { PlantedBug } from './bug.ts';

export const ackBeforeEffect: PlantedBug = {
  title: 'acknowledged before the effect',
  consequence: 'what a killed process has at work is lost',
  breaks: 'L',
  workspace: 'key-store',
  scenario: crashWithClaim,
  patches: [
    {
      file: 'core/delivery.ts',
      search: 'while (!this.#effectDone) {',
      replacement: 'this.#delivery.ack();\n    while (!this.#effectDone) {',
    },
    {
      file: 'core/delivery.ts',
      search: 'if (!claimKept) return again(0);\n    this.#acknowledge(outcome);',
      replacement: 'if (!claimKept) return again(0);\n    this.#outcome = outcome;',
    },
  ],
};
