import { expect, it, test } from 'vitest';
import { drawnBox, isCulled } from '../../../renderer/canvas/view.ts';
import type { Shown } from '../../../renderer/store/state/document.ts';

/** Two elements, a thousand px from the outer edge of one to that of the other, both ways. */
const shown = {
  scene: {
    nodes: ['queues/a', 'queues/b'].map((address) => ({ address, size: { width: 100, height: 100 } })),
  },
  positions: new Map([
    ['queues/a', [0, 0]],
    ['queues/b', [900, 900]],
  ]),
} as unknown as Shown;

const at = (x: number, zoom: number): Parameters<typeof isCulled>[1] => ({
  transform: [x, 0, zoom],
  width: 500,
  height: 500,
});

it.each([
  { zoom: 1, culled: true },
  { zoom: 0.8, culled: true },
  { zoom: 0.6, culled: false },
  { zoom: 0.3, culled: false },
])('at a zoom of $zoom leaves elements out of view out: $culled, wherever it looks', ({ zoom, culled }) => {
  for (const x of [-5_000, 0, 5_000]) expect(isCulled(shown, at(x, zoom))).toBe(culled);
});

it('leaves nothing out where there is nothing', () => {
  expect(isCulled(undefined, at(0, 1))).toBe(false);
});

test('all that is drawn is the elements and the area of their broker around them', () => {
  const nodes = shown.scene.nodes.map((node) => ({ ...node, broker: 'mq', brokerKind: 'rabbitmq' }));
  const grouped = { ...shown, scene: { ...shown.scene, nodes } } as unknown as Shown;
  expect(drawnBox(shown)).toEqual({ x: 0, y: 0, width: 1000, height: 1000 });
  expect(drawnBox({ ...grouped, positions: new Map(grouped.positions) })).toEqual({
    x: -24,
    y: -48,
    width: 1048,
    height: 1072,
  });
});
