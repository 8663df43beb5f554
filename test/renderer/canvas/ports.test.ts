import { expect, test } from 'vitest';
import { placeAll } from '../../../core/drawing/positions.ts';
import { sceneOf } from '../../../core/drawing/scene.ts';
import { FlowCache, groupNodes } from '../../../renderer/canvas/flow.ts';
import { graphOf } from '../../core/drawing/designs.ts';

test('every node says how large it is and where its ports are, so that none is drawn to be measured', () => {
  const scene = sceneOf(
    graphOf(`
brokerloom: 1
design: { name: ports }
brokers:
  mq: { kind: rabbitmq }
queues:
  jobs: { broker: mq }
notes:
  why: { text: because }
`),
  );
  const positions = placeAll(scene, new Map());
  const nodes = [
    ...groupNodes(scene, positions),
    ...new FlowCache().nodes(scene.nodes, positions, new Set(), new Map()),
  ];
  expect(nodes.map(({ id }) => id)).toEqual(['group:mq', 'queues/jobs', 'notes/why']);
  for (const { measured, handles } of nodes) {
    expect(measured).toEqual({ width: expect.any(Number), height: expect.any(Number) });
    expect(handles).toBeDefined();
  }
  const [, queue] = nodes;
  const { width = 0, height = 0 } = queue ?? {};
  const [, out] = queue?.handles ?? [];
  expect(out).toMatchObject({ type: 'source', x: width - 5, y: height / 2 - 5, width: 10, height: 10 });
});
