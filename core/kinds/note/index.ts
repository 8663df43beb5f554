import { text } from '../attribute.ts';
import { defineKind } from '../kind.ts';

export const note = defineKind({
  id: 'note',
  section: 'notes',
  title: 'Note',
  doc: 'A remark on the canvas. Generated output never depends on it.',
  drawn: 'none',
  attributes: {
    text: text({ required: true, group: 'Note', doc: 'The remark, in Markdown.' }),
  },
});
