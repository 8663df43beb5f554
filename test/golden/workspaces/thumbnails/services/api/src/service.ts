import { defineService } from '@thumbnails/messaging';
import { run } from './app.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'api',
  producers,
  consumers: {},
  run,
});
