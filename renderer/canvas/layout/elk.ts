import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { ElementAddress, Point } from '../../../core/design/design.ts';
import { snap } from '../../../core/drawing/geometry.ts';
import { HANGING_GAP, type Positions } from '../../../core/drawing/positions.ts';
import type { Scene, SceneNode } from '../../../core/drawing/scene.ts';

let elk: InstanceType<typeof ELK> | undefined;
/** One worker for the life of the page; it takes a second to start and milliseconds to lay out. */
const engine = () => {
  elk ??= new ELK({ workerFactory: () => new Worker(workerUrl) });
  return elk;
};

/** Ends those layouts that are being worked out. */
let stop: (() => void) | undefined;

/** Ends the layouts that are being worked out, together with the worker: it takes no message while it works. */
export function stopArranging(): void {
  elk?.terminateWorker();
  elk = undefined;
  stop?.();
  stop = undefined;
  warmUp();
}

/** Starts the worker ahead of its first use. */
export const warmUp = (): void => void engine();

/** Thorough up to here; above, ELK's defaults take seconds. */
const FAST_ABOVE = 300;

/**
 * Lays a scene out in layers from left to right, in a worker. A dead-letter queue that only its queue leads to hangs
 * below it. The same scene always gives the same positions.
 * @returns The positions, or `stopped` where `stopArranging` came first.
 */
export async function arrange(scene: Scene): Promise<Positions | 'stopped'> {
  const stopped = new Promise<'stopped'>((resolve) => {
    const before = stop;
    stop = () => {
      before?.();
      resolve('stopped');
    };
  });
  return Promise.race([stopped, layOut(scene)]);
}

async function layOut(scene: Scene): Promise<Positions> {
  const hanging = new Map<ElementAddress, SceneNode[]>();
  for (const node of scene.nodes) {
    // Delays stand beside what hangs, and take no room of their own.
    if (!node.under || node.shape === 'delay') continue;
    hanging.set(node.under, [...(hanging.get(node.under) ?? []), node]);
  }
  const standing = scene.nodes.filter((node) => !node.under);
  const child = (node: SceneNode): ElkNode => {
    const below = hanging.get(node.address) ?? [];
    return {
      id: node.address,
      width: Math.max(node.size.width, ...below.map(({ size }) => size.width)),
      height: below.reduce((sum, { size }) => sum + size.height + HANGING_GAP, node.size.height),
      layoutOptions: { ...layerOf(node), 'elk.portConstraints': 'FIXED_POS' },
      // Lines meet the element itself, not the middle of what hangs below it as well.
      ports: [
        { id: inOf(node.address), x: 0, y: node.size.height / 2 },
        { id: outOf(node.address), x: node.size.width, y: node.size.height / 2 },
      ],
    };
  };
  const fast = standing.length > FAST_ABOVE;
  const brokers = [...new Set(standing.flatMap(({ broker }) => broker ?? []))];
  const result = await engine().layout({
    id: 'root',
    layoutOptions: options(scene, fast),
    children: [
      ...standing.filter(({ broker }) => broker === undefined).map(child),
      ...brokers.map((broker) => ({
        id: `broker ${broker}`,
        layoutOptions: { ...spacing(scene), 'elk.padding': GROUP_PADDING },
        children: standing.filter((node) => node.broker === broker).map(child),
      })),
    ],
    edges: scene.links
      .filter((link) => link.kind === 'publish' || link.kind === 'binding' || link.kind === 'consume')
      .map((link) => ({ id: link.id, sources: [outOf(link.from)], targets: [inOf(link.to)] })),
  });
  return positionsOf(result, scene, hanging);
}

const inOf = (address: ElementAddress): string => `in ${address}`;
const outOf = (address: ElementAddress): string => `out ${address}`;

/** Room of a broker's area around its channels, as `core/drawing/groups.ts` draws it. */
const GROUP_PADDING = '[top=56,left=32,bottom=32,right=32]';

/** Layers stand further apart where labels need the room. */
const spacing = (scene: Scene): Record<string, string> => ({
  'elk.layered.spacing.nodeNodeBetweenLayers': scene.links.some(({ label }) => label !== undefined)
    ? '120'
    : '72',
  'elk.spacing.nodeNode': '32',
});

const options = (scene: Scene, fast: boolean): Record<string, string> => ({
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  ...spacing(scene),
  'elk.spacing.componentComponent': '40',
  'elk.layered.nodePlacement.strategy': fast ? 'SIMPLE' : 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  ...(fast && {
    'elk.layered.thoroughness': '1',
    'elk.layered.crossingMinimization.greedySwitch.type': 'OFF',
  }),
});

/** Producers stand in the first column and consumers in the last, however long the way between them. */
function layerOf({ shape }: SceneNode): Record<string, string> {
  if (shape === 'producer') return { 'elk.layered.layering.layerConstraint': 'FIRST' };
  return shape === 'consumer' ? { 'elk.layered.layering.layerConstraint': 'LAST' } : {};
}

function positionsOf(
  result: ElkNode,
  scene: Scene,
  hanging: ReadonlyMap<ElementAddress, readonly SceneNode[]>,
): Positions {
  const positions = new Map<ElementAddress, Point>();
  const visit = (parent: ElkNode, left: number, top: number): void => {
    for (const child of parent.children ?? []) {
      const x = left + (child.x ?? 0);
      const y = top + (child.y ?? 0);
      if (child.children) visit(child, x, y);
      else place(child.id as ElementAddress, snap(x), snap(y));
    }
  };
  const place = (address: ElementAddress, x: number, top: number): void => {
    positions.set(address, [x, top]);
    let y = top + (scene.byAddress.get(address)?.size.height ?? 0);
    for (const below of hanging.get(address) ?? []) {
      positions.set(below.address, [x, y + HANGING_GAP]);
      y += HANGING_GAP + below.size.height;
    }
  };
  visit(result, 0, 0);
  return positions;
}
