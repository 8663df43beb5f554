import { expect, test } from 'vitest';
import type { ElementAddress } from '../../../core/design/design.ts';
import { type Box, boxAt, contains, overlaps } from '../../../core/drawing/geometry.ts';
import { placeAll } from '../../../core/drawing/positions.ts';
import { routesOf } from '../../../core/drawing/routes.ts';
import { sceneOf } from '../../../core/drawing/scene.ts';
import { DrawnArea, partIn } from '../../../renderer/canvas/part.ts';
import { viewOf } from '../../../renderer/canvas/view.ts';
import type { Shown } from '../../../renderer/store/state/document.ts';
import { designOf } from '../../../scripts/bench/designs.ts';
import { graphOf } from '../../core/drawing/designs.ts';

const NONE: ReadonlySet<ElementAddress> = new Set();
const PANE = { width: 1000, height: 700 };

/** Drawn with a line from one corner of the drawing to the other. */
function shownOf(elements: number): Shown {
  const graph = graphOf(
    designOf(elements).replace(
      '\nbindings:\n',
      '\nbindings:\n  far: { source: exchange-0, destination: queue-190, routingKey: far }\n',
    ),
  );
  const scene = sceneOf(graph, false);
  return { scene, positions: placeAll(scene, graph.design.layout) } as unknown as Shown;
}
const large = shownOf(1000);

type Looking = Parameters<DrawnArea['around']>[1];
/** A pane whose top left corner is at a point of the drawing. */
const at = (x: number, y: number, zoom = 1): Looking => ({
  ...PANE,
  transform: [-x * zoom, -y * zoom, zoom],
});

/** Everything at the area, as what is drawn, and everything that is in view. */
function drawnAt(area: DrawnArea, looking: Looking, held = false) {
  const part = partIn(large, area.around(large, looking, held), NONE);
  return new Set<string>([...part.nodes.map(({ address }) => address), ...part.links.map(({ id }) => id)]);
}

/** Points of a path of lines and curves, close enough to tell where it runs. */
function pointsOf(path: string): Box[] {
  const [a, b, c, d] = [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  if (!a || !b || !c || !d || !path.includes('C')) return [];
  return Array.from({ length: 101 }, (_, step) => {
    const [t, u] = [step / 100, 1 - step / 100];
    const [x = 0, y = 0] = [0, 1].map(
      (axis) =>
        u ** 3 * (a[axis] ?? 0) +
        3 * u * u * t * (b[axis] ?? 0) +
        3 * u * t * t * (c[axis] ?? 0) +
        t ** 3 * (d[axis] ?? 0),
    );
    return { x, y, width: 0, height: 0 };
  });
}

const routes = [...routesOf(large.scene, large.positions)].map(([id, { path, label }]) => ({
  id,
  boxes: label ? [...pointsOf(path), label] : pointsOf(path),
}));

function inView(looking: Looking): string[] {
  const view = viewOf(looking);
  const nodes = large.scene.nodes.filter(({ address, size }) =>
    overlaps(boxAt(large.positions.get(address) ?? [0, 0], size), view),
  );
  const lines = routes.filter(({ boxes }) => boxes.some((box) => overlaps(box, view)));
  return [...nodes.map(({ address }) => address), ...lines.map(({ id }) => id)];
}

test('everything in view is drawn wherever the pane looks, lines that only cross it among it', () => {
  const area = new DrawnArea();
  let crossing = 0;
  for (let step = 0; step < 60; step++) {
    const looking = at(step * 130, step * 37 - 300, 0.5 + (step % 7) / 5);
    const seen = inView(looking);
    const drawn = drawnAt(area, looking);
    expect(seen.filter((each) => !drawn.has(each))).toEqual([]);
    expect(drawn.size).toBeLessThan(large.scene.nodes.length);
    if (seen.some((each) => each.includes('far'))) crossing++;
  }
  expect(crossing).toBeGreaterThan(5);
});

test('the area stays until the view leaves it, and then takes in few elements at a time', () => {
  const area = new DrawnArea();
  for (const zoom of [1, 0.25]) {
    let before = area.around(large, at(3000, 0, zoom), false);
    let part = partIn(large, before, NONE);
    let renewed = 0;
    for (let x = 3000; x < 5000; x += 25) {
      const next = area.around(large, at(x, 0, zoom), false);
      if (next === before) continue;
      const known = new Set(part.nodes);
      part = partIn(large, next, NONE);
      expect(part.nodes.filter((node) => !known.has(node)).length).toBeLessThan(90);
      before = next;
      renewed++;
    }
    expect(renewed).toBeGreaterThan(1);
    expect(renewed).toBeLessThan(40);
  }
});

test('while something is held nothing goes, and what was left behind goes after it', () => {
  const area = new DrawnArea();
  const start = area.around(large, at(0, 0), true);
  const far = area.around(large, at(6000, 0), true);
  expect(start && far && contains(far, start)).toBe(true);
  expect(drawnAt(area, at(6000, 0), true).size).toBeGreaterThan(drawnAt(area, at(6000, 0)).size);
});

test('a small drawing, and one that is mostly in view, is drawn whole', () => {
  const small = shownOf(100);
  const area = new DrawnArea();
  expect(area.around(small, at(9000, 0), false)).toBeUndefined();
  expect(area.around(large, at(0, 0, 0.02), false)).toBeUndefined();
  expect(area.around(undefined, at(0, 0), false)).toBeUndefined();
  expect(partIn(large, undefined, NONE).nodes).toHaveLength(large.scene.nodes.length);
});

test('what is selected is drawn wherever it stands, with its lines', () => {
  const area = new DrawnArea().around(large, at(0, 0), false);
  const address: ElementAddress = 'queues/queue-190';
  const without = partIn(large, area, NONE);
  const { nodes, links } = partIn(large, area, new Set([address]));
  expect(without.nodes.map((node) => node.address)).not.toContain(address);
  expect(nodes.map((node) => node.address)).toContain(address);
  expect(nodes).toHaveLength(without.nodes.length + 1);
  expect(links.filter(({ from }) => from === address)).not.toEqual([]);
});
