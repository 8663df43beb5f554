import { describe, expect, test } from 'vitest';
import type { ElementAddress } from '../../../core/design/design.ts';
import { placeAll } from '../../../core/drawing/positions.ts';
import { sceneOf } from '../../../core/drawing/scene.ts';
import { nearestTowards, readingOrder } from '../../../renderer/canvas/reading.ts';
import { graphOf } from '../../core/drawing/designs.ts';

const graph = graphOf(`brokerloom: 1
design: { name: small }
brokers: { work: { kind: rabbitmq } }
exchanges: { hub: { broker: work } }
queues: { low: { broker: work }, high: { broker: work }, level: { broker: work } }
layout:
  exchanges/hub: [200, 100]
  queues/high: [400, 0]
  queues/level: [560, 112]
  queues/low: [400, 240]
`);
const scene = sceneOf(graph);
const positions = placeAll(scene, graph.design.layout);

describe('moving over the canvas by keyboard', () => {
  test('reads row by row, and takes elements a few px apart for one row', () => {
    expect(readingOrder(scene, positions)).toEqual([
      'queues/high',
      'exchanges/hub',
      'queues/level',
      'queues/low',
    ]);
  });

  test('finds the nearest element in a direction, among those that are allowed', () => {
    const all = [...positions.keys()];
    const from = [260, 128] as const;
    const towards = (direction: 'left' | 'right' | 'up' | 'down', among: readonly ElementAddress[] = all) =>
      nearestTowards(from, direction, among, scene, positions);
    expect(towards('up')).toBe('queues/high');
    expect(towards('down', ['queues/high', 'queues/low'])).toBe('queues/low');
    expect(towards('left', ['queues/high', 'queues/low', 'queues/level'])).toBeUndefined();
    expect(towards('right', ['queues/level', 'queues/high'])).toBe('queues/level');
  });
});
