import { defineService } from '@event-log/messaging';
import { run } from './app.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'accounts',
  producers,
  consumers: {},
  run,
});
