import { defineService } from '@bookings/messaging';
import { run } from './app.ts';
import { producers } from './producers.ts';

export const service = defineService({
  name: 'booking',
  producers,
  consumers: {},
  run,
});
