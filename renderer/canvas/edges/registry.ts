import type { EdgeTypes } from '@xyflow/react';
import type { LinkKind } from '../../../core/drawing/links.ts';
import { LinkEdge } from './LinkEdge.tsx';

/** All kinds of links are drawn alike and told apart by style. */
export const edgeTypes = {
  publish: LinkEdge,
  binding: LinkEdge,
  consume: LinkEdge,
  deadLetter: LinkEdge,
  alternate: LinkEdge,
  retry: LinkEdge,
} as const satisfies EdgeTypes & Record<LinkKind, unknown>;
