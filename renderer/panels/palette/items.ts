import type { Shape } from '../../../core/drawing/shapes.ts';
import type { Section } from '../../../core/kinds/registry.ts';

/** Something that can be put on the canvas. */
export interface PaletteItem {
  readonly shape: Shape;
  readonly title: string;
  readonly section: Section;
  readonly value?: Readonly<Record<string, unknown>>;
}

export const paletteItems = {
  producer: { shape: 'producer', title: 'Producer', section: 'producers' },
  consumer: { shape: 'consumer', title: 'Consumer', section: 'consumers' },
  exchange: { shape: 'exchange', title: 'Exchange', section: 'exchanges' },
  queue: { shape: 'queue', title: 'Queue', section: 'queues' },
  topic: { shape: 'topic', title: 'Topic', section: 'topics' },
  stream: { shape: 'stream', title: 'Stream', section: 'streams' },
  deadLetter: {
    shape: 'deadLetter',
    title: 'Dead letter',
    section: 'queues',
    value: { role: 'dead-letter' },
  },
  note: { shape: 'note', title: 'Note', section: 'notes', value: { text: 'Note' } },
} as const satisfies { readonly [S in Shape]: PaletteItem & { shape: S } };

export const paletteGroups: readonly { readonly title: string; readonly items: readonly PaletteItem[] }[] = [
  { title: 'Endpoints', items: [paletteItems.producer, paletteItems.consumer] },
  {
    title: 'Channels',
    items: [
      paletteItems.exchange,
      paletteItems.queue,
      paletteItems.topic,
      paletteItems.stream,
      paletteItems.deadLetter,
      paletteItems.note,
    ],
  },
];
