import { describe, expect, test } from 'vitest';
import { boxAt, overlaps } from '../../../renderer/canvas/geometry.ts';
import { placeAll } from '../../../renderer/canvas/positions.ts';
import { routesOf } from '../../../renderer/canvas/routes.ts';
import { sceneOf } from '../../../renderer/canvas/scene.ts';
import { exampleGraph } from './designs.ts';

describe.each(['fulfilment', 'orders', 'naive'])('the lines of %s', (name) => {
  const graph = exampleGraph(name);
  const scene = sceneOf(graph);
  const positions = placeAll(scene, graph.design.layout);
  const routes = routesOf(scene, positions);
  const boxes = scene.nodes.map((node) => boxAt(positions.get(node.address) ?? [0, 0], node.size));

  test('are all drawn', () => {
    expect([...routes.keys()]).toEqual(scene.links.map((link) => link.id));
    for (const { path, arrow } of routes.values()) expect(path + arrow).not.toMatch(/NaN|undefined/);
  });

  test('have labels that cover no element and no other label', () => {
    const labels = [...routes.values()].flatMap(({ label }) => label ?? []);
    expect(labels.length).toBeGreaterThan(0);
    for (const [index, label] of labels.entries()) {
      for (const box of [...boxes, ...labels.slice(index + 1)]) expect(overlaps(label, box)).toBe(false);
    }
  });

  test('lose no label', () => {
    for (const { id, label } of scene.links) {
      if (label !== undefined) expect(routes.get(id)?.label, id).toBeDefined();
    }
  });

  test('leave a node at different points', () => {
    const starts = scene.links
      .filter((link) => link.kind === 'binding')
      .map((link) => /^M[^C]+/.exec(routes.get(link.id)?.path ?? '')?.[0]);
    expect(new Set(starts).size).toBe(starts.length);
  });
});
