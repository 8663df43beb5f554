import { describe, expect, test } from 'vitest';
import type { ElementAddress, Point } from '../../../core/design/design.ts';
import { boxAt, overlaps } from '../../../core/drawing/geometry.ts';
import { brokerGroups } from '../../../core/drawing/groups.ts';
import { placeAll } from '../../../core/drawing/positions.ts';
import { sceneOf } from '../../../core/drawing/scene.ts';
import { exampleGraph, graphOf } from './designs.ts';

const none = new Map<ElementAddress, Point>();

describe('places of elements', () => {
  test.each(['fulfilment', 'orders', 'naive'])('are given to all of %s, without two on one spot', (name) => {
    const graph = exampleGraph(name);
    const scene = sceneOf(graph);
    const positions = placeAll(scene, graph.design.layout);
    const boxes = scene.nodes.map((node) => boxAt(positions.get(node.address) ?? [Number.NaN, 0], node.size));
    expect(boxes.every((box) => Number.isFinite(box.x))).toBe(true);
    for (const [index, box] of boxes.entries()) {
      for (const [other, against] of boxes.slice(index + 1).entries()) {
        const names = `${scene.nodes[index]?.id} and ${scene.nodes[index + 1 + other]?.id}`;
        expect(overlaps(box, against), names).toBe(false);
      }
    }
  });

  test('are the same each time, and on the grid where the file says nothing', () => {
    const graph = exampleGraph('naive');
    const scene = sceneOf(graph);
    const first = placeAll(scene, none);
    expect(placeAll(scene, none)).toEqual(first);
    for (const [x, y] of first.values()) expect([x % 8, y % 8].map(Math.abs)).toEqual([0, 0]);
  });

  test('come from the file first, then from what is remembered', () => {
    const graph = exampleGraph('naive');
    const scene = sceneOf(graph);
    const positions = placeAll(
      scene,
      new Map([['queues/orders', [7, 9]]]),
      new Map([
        ['queues/orders', [0, 0]],
        ['queues/shipping', [400, 500]],
      ]),
    );
    expect(positions.get('queues/orders')).toEqual([7, 9]);
    expect(positions.get('queues/shipping')).toEqual([400, 500]);
  });

  test('put an implied dead-letter queue below its queue, above where that is taken', () => {
    const text = (second: string) => `
brokerloom: 1
design: { name: small }
brokers: { work: { kind: rabbitmq } }
queues:
  jobs: { broker: work, deadLetter: true }
  other: { broker: work }
layout:
  queues/jobs: [0, 200]
  queues/other: ${second}
`;
    const place = (second: string) => {
      const graph = graphOf(text(second));
      return placeAll(sceneOf(graph), graph.design.layout).get('queues/jobs.dlq');
    };
    expect(place('[600, 600]')).toEqual([0, 272]);
    expect(place('[0, 280]')).toEqual([0, 136]);
  });

  test('give each broker an area around its channels', () => {
    const graph = exampleGraph('fulfilment');
    const scene = sceneOf(graph);
    const positions = placeAll(scene, graph.design.layout);
    const [group, ...others] = brokerGroups(scene, positions);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ id: 'work', kind: 'rabbitmq' });
    for (const node of scene.nodes) {
      const at = positions.get(node.address);
      if (!at || !group) throw new Error(node.id);
      expect(overlaps(boxAt(at, node.size), group.box), node.id).toBe(node.broker === 'work');
    }
  });
});
