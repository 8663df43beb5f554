import type { Design } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import type { Route } from './curves.ts';
import { type Box, boxAround, boxAt } from './geometry.ts';
import { type BrokerGroup, brokerGroups } from './groups.ts';
import { type Positions, placeAll } from './positions.ts';
import { routesOf } from './routes.ts';
import { type Scene, sceneOf } from './scene.ts';

/** A design as it is drawn, with all places known: what a picture is made of. */
export interface Drawing {
  readonly design: Design;
  readonly scene: Scene;
  readonly positions: Positions;
  readonly groups: readonly BrokerGroup[];
  readonly routes: ReadonlyMap<string, Route>;
  /** The smallest box around everything. */
  readonly box: Box;
}

const NOTHING: Box = { x: 0, y: 0, width: 0, height: 0 };

/**
 * @param places Where elements stand; those without a place get one beside what they are connected to. Missing = as the
 * file says.
 */
export function drawingOf(graph: Graph, scene: Scene = sceneOf(graph), places?: Positions): Drawing {
  const positions = placeAll(scene, places ?? graph.design.layout);
  const groups = brokerGroups(scene, positions);
  const routes = routesOf(scene, positions);
  const boxes = scene.nodes.flatMap(({ address, size }) => {
    const at = positions.get(address);
    return at ? [boxAt(at, size)] : [];
  });
  const labels = [...routes.values()].flatMap(({ label }) => label ?? []);
  const box = boxAround([...boxes, ...labels, ...groups.map((group) => group.box)]) ?? NOTHING;
  return { design: graph.design, scene, positions, groups, routes, box };
}
