import { twice } from '../matrix/15-twice.ts';
import type { PlantedBug } from './bug.ts';

export const sharedKey: PlantedBug = {
  title: 'one idempotency key for all services',
  consequence: 'the service that comes second takes the message for a duplicate',
  breaks: 'L',
  workspace: 'key-store',
  scenario: twice,
  patches: [
    {
      file: 'core/idempotency/key.ts',
      search: 'return lengthPrefixed([service, consumer, ...parts]);',
      replacement: 'return lengthPrefixed(parts);',
    },
  ],
};
