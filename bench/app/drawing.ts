import { Graph } from '../../core/design/graph.ts';
import { placeAll } from '../../core/drawing/positions.ts';
import { sceneOf } from '../../core/drawing/scene.ts';
import { load } from '../../core/text/load.ts';
import { designOf } from '../../scripts/bench/designs.ts';

/** A design as a file, and what is drawn of it for React Flow alone: the same elements at the same places. */
export function drawingOf(elements: number) {
  const text = designOf(elements);
  const { design } = load(text);
  if (!design) throw new Error('The generated design is not valid.');
  const scene = sceneOf(Graph.of(design), false);
  const positions = placeAll(scene, design.layout);
  const nodes = scene.nodes.map(({ address, name, size }) => {
    const [x, y] = positions.get(address) ?? [0, 0];
    return { id: address, position: { x, y }, data: { label: name }, style: { ...size } };
  });
  const edges = scene.links.map(({ id, from, to }) => ({ id, source: from, target: to }));
  return { text, nodes, edges };
}
