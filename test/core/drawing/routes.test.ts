import { describe, expect, test } from 'vitest';
import { boxAt, overlaps } from '../../../core/drawing/geometry.ts';
import { placeAll } from '../../../core/drawing/positions.ts';
import { rerouted, routesOf } from '../../../core/drawing/routes.ts';
import { sceneOf } from '../../../core/drawing/scene.ts';
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
    for (const { id, kind, label } of scene.links) {
      // A rate gives way where elements stand close to each other.
      if (label !== undefined && kind !== 'consume') expect(routes.get(id)?.label, id).toBeDefined();
    }
  });

  test('are the same whether all are drawn anew or those that a moved element has to do with', () => {
    const [moved] = scene.nodes.filter(({ shape }) => shape === 'queue');
    if (!moved) throw new Error('no queue');
    const [x, y] = positions.get(moved.address) ?? [0, 0];
    const after = new Map([...positions, [moved.address, [x + 24, y - 40]] as const]);
    const paths = (all: ReadonlyMap<string, { path: string; arrow: string }>) =>
      Object.fromEntries([...all].map(([id, { path, arrow }]) => [id, path + arrow]));
    const anew = routesOf(scene, after);
    const partly = rerouted(scene, after, routes, new Set([moved.address]));
    expect(paths(partly)).toEqual(paths(anew));
    expect(
      [...partly.values()].filter((route) => [...routes.values()].includes(route)).length,
    ).toBeGreaterThan(0);
    for (const { label } of partly.values()) {
      for (const node of scene.nodes)
        if (label) expect(overlaps(label, boxAt(after.get(node.address) ?? [0, 0], node.size))).toBe(false);
    }
  });

  test('leave a node at different points', () => {
    const starts = scene.links
      .filter((link) => link.kind === 'binding')
      .map((link) => /^M[^C]+/.exec(routes.get(link.id)?.path ?? '')?.[0]);
    expect(new Set(starts).size).toBe(starts.length);
  });
});
