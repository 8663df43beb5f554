/** Shapes that can be added. A dead-letter queue is a queue in the file and a shape of its own here. */
export const shapes = [
  'producer',
  'consumer',
  'exchange',
  'queue',
  'topic',
  'stream',
  'deadLetter',
  'note',
] as const;
export type Shape = (typeof shapes)[number];

/** All shapes that are drawn. A delay is a channel that `retry` makes, or the replay of dead letters; nobody adds one. */
export type DrawnShape = Shape | 'delay';
