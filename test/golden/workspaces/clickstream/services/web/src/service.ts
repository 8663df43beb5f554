import { defineService } from '@clickstream/messaging';
import { run } from './app.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'web',
  producers,
  consumers: {},
  run,
});
