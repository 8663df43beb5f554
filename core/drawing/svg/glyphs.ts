/**
 * Glyphs of the shapes on a grid of 24: the icons of Tabler (MIT, https://tabler.io/icons) that the canvas draws, which
 * a test compares.
 */
export const glyphs = {
  /** arrow-big-right */
  producer: [
    'M4 9h8v-3.586a1 1 0 0 1 1.707 -.707l6.586 6.586a1 1 0 0 1 0 1.414l-6.586 6.586a1 1 0 0 1 -1.707 -.707v-3.586h-8a1 1 0 0 1 -1 -1v-4a1 1 0 0 1 1 -1',
  ],
  /** broadcast */
  topic: [
    'M18.364 19.364a9 9 0 1 0 -12.728 0',
    'M15.536 16.536a5 5 0 1 0 -7.072 0',
    'M11 13a1 1 0 1 0 2 0a1 1 0 1 0 -2 0',
  ],
  /** row-insert-bottom */
  stream: [
    'M20 6v4a1 1 0 0 1 -1 1h-14a1 1 0 0 1 -1 -1v-4a1 1 0 0 1 1 -1h14a1 1 0 0 1 1 1',
    'M12 15l0 4',
    'M14 17l-4 0',
  ],
  /** clock */
  delay: ['M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0', 'M12 7v5l3 3'],
  /** arrow-right */
  direct: ['M5 12l14 0', 'M13 18l6 -6', 'M13 6l6 6'],
  /** hash */
  routed: ['M5 9l14 0', 'M5 15l14 0', 'M11 4l-4 16', 'M17 4l-4 16'],
  /** arrows-split-2 */
  fanout: [
    'M21 17h-5.397a5 5 0 0 1 -4.096 -2.133l-.514 -.734a5 5 0 0 0 -4.096 -2.133h-3.897',
    'M21 7h-5.395a5 5 0 0 0 -4.098 2.135l-.51 .73a5 5 0 0 1 -4.097 2.135h-3.9',
    'M18 10l3 -3l-3 -3',
    'M18 20l3 -3l-3 -3',
  ],
  /** list-details */
  headers: [
    'M13 5h8',
    'M13 9h5',
    'M13 15h8',
    'M13 19h5',
    'M3 5a1 1 0 0 1 1 -1h4a1 1 0 0 1 1 1v4a1 1 0 0 1 -1 1h-4a1 1 0 0 1 -1 -1l0 -4',
    'M3 15a1 1 0 0 1 1 -1h4a1 1 0 0 1 1 1v4a1 1 0 0 1 -1 1h-4a1 1 0 0 1 -1 -1l0 -4',
  ],
  /** arrows-random */
  hashed: [
    'M20 21h-4v-4',
    'M16 21l5 -5',
    'M6.5 9.504l-3.5 -2l2 -3.504',
    'M3 7.504l6.83 -1.87',
    'M4 16l4 -1l1 4',
    'M8 15l-3.5 6',
    'M21 5l-.5 4l-4 -.5',
    'M20.5 9l-4.5 -5.5',
  ],
} as const satisfies Record<string, readonly string[]>;
export type Glyph = keyof typeof glyphs;
