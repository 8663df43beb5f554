import type { Point } from '../design/design.ts';
import type { BrokerKind } from '../kinds/brokers.ts';
import { type Box, boxAround, boxAt } from './geometry.ts';
import type { Positions } from './positions.ts';
import type { Scene } from './scene.ts';

/** The tinted area behind the channels of one broker. */
export interface BrokerGroup {
  readonly id: string;
  readonly kind: BrokerKind;
  readonly box: Box;
}

const MARGIN = 24;
/** Room for the name of the broker above the channels. */
const HEADING = 24;

/** The area that a point is in, the smallest where areas overlap. */
export const groupAt = (groups: readonly BrokerGroup[], [x, y]: Point): BrokerGroup | undefined =>
  groups
    .filter(({ box }) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height)
    .sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)[0];

export function brokerGroups(scene: Scene, positions: Positions): BrokerGroup[] {
  const members = new Map<string, { kind: BrokerKind; boxes: Box[] }>();
  for (const { broker, brokerKind, address, size, shape } of scene.nodes) {
    const at = positions.get(address);
    // Delays come and go with the fold; the area stays as it is.
    if (broker === undefined || brokerKind === undefined || !at || shape === 'delay') continue;
    const group = members.get(broker) ?? { kind: brokerKind, boxes: [] };
    group.boxes.push(boxAt(at, size));
    members.set(broker, group);
  }
  return [...members].flatMap(([id, { kind, boxes }]) => {
    const around = boxAround(boxes);
    if (!around) return [];
    const box = {
      x: around.x - MARGIN,
      y: around.y - MARGIN - HEADING,
      width: around.width + 2 * MARGIN,
      height: around.height + 2 * MARGIN + HEADING,
    };
    return [{ id, kind, box }];
  });
}
