import { defineService } from '@orders/messaging';
import { run } from './app.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'order',
  producers,
  consumers: {},
  run,
});
