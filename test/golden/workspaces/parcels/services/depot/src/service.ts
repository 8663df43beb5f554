import { defineService } from '@parcels/messaging';
import { run } from './app.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'depot',
  producers,
  consumers: {},
  run,
});
