import { twice } from '../matrix/15-twice.ts';
import type { PlantedBug } from './bug.ts';

export const noIdempotency: PlantedBug = {
  title: 'no idempotency: every delivery is handled',
  consequence: 'a message that is sent twice has two effects',
  breaks: 'D',
  workspace: 'key-store',
  scenario: twice,
  patches: [
    {
      file: 'core/idempotency/claimsFor.ts',
      search: 'if (idempotency === false || store === undefined) return unguarded;',
      replacement: 'return unguarded;',
    },
  ],
};
