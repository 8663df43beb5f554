import { addressOf, type Queue } from '../design.ts';
import { implyDeadLetterQueue } from './deadLetters.ts';
import type { Expander } from './implied.ts';

/** A broker on whose queues `deadLetter` is one more queue, and a retry needs no channel: the broker delivers again. */
export const queueExpander = (settingsOf: (queue: Queue) => Queue): Expander => ({
  queue(id, queue, implied) {
    const address = addressOf('queues', id);
    implyDeadLetterQueue({ address, id, value: queue.deadLetter }, settingsOf(queue), implied);
  },
  consumer(id, { deadLetter }, { section, value }, implied) {
    if (section !== 'queues') return;
    const address = addressOf('consumers', id);
    implyDeadLetterQueue({ address, id, value: deadLetter }, settingsOf(value), implied);
  },
});
