/** Shapes of the canvas. A dead-letter queue is a queue in the file and a shape of its own here. */
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
