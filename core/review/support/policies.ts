import { addressOf, type Consumer, type Design, type ElementAddress } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import type { RetryShape } from '../../kinds/shared.ts';
import type { Path } from '../../text/source.ts';
import { question } from '../incremental/observed.ts';

/** Where a policy is written: in an attribute of a queue or consumer, or as an element of its own. */
export interface PolicySite<Shape> {
  readonly at: ElementAddress;
  /** Path of the policy below the element; empty where the element is the policy. */
  readonly field: string | undefined;
  readonly path: Path;
  readonly shape: Shape;
}

/**
 * The place where the policy behind an attribute is written; `undefined` for a missing attribute, a built-in name and a
 * name that leads nowhere.
 */
export function policySite<Shape>(
  owner: { readonly section: 'queues' | 'consumers'; readonly id: string },
  field: 'retry' | 'idempotency',
  value: string | Shape | undefined,
  policies: Design['retryPolicies'] | Design['idempotencyPolicies'],
): PolicySite<Shape> | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') {
    const path = [owner.section, owner.id, field];
    return { at: addressOf(owner.section, owner.id), field, path, shape: value };
  }
  const section = field === 'retry' ? 'retryPolicies' : 'idempotencyPolicies';
  const shape = policies.get(value) as Shape | undefined;
  return shape && { at: addressOf(section, value), field: undefined, path: [section, value], shape };
}

/** Consumers that name an idempotency policy. */
export const consumersUnder = question((graph: Graph, policy: string): readonly Named<Consumer>[] =>
  [...graph.design.consumers].flatMap(([id, value]) => (value.idempotency === policy ? [{ id, value }] : [])),
);

/** Whether a queue or consumer names a retry policy. */
const isRetryNamed = question((graph: Graph, policy: string): boolean =>
  [...graph.design.queues.values(), ...graph.design.consumers.values()].some(({ retry }) => retry === policy),
);

/** A retry policy that is written in a queue or consumer; `undefined` where it is named or missing. */
export const ownRetry = (
  section: 'queues' | 'consumers',
  id: string,
  retry: string | RetryShape | undefined,
): PolicySite<RetryShape> | undefined =>
  typeof retry === 'object'
    ? { at: addressOf(section, id), field: 'retry', path: [section, id, 'retry'], shape: retry }
    : undefined;

/** A retry policy that stands on its own, and is in force somewhere. */
export const namedRetry = (
  graph: Graph,
  id: string,
  shape: RetryShape,
): PolicySite<RetryShape> | undefined =>
  isRetryNamed(graph, id)
    ? { at: `retryPolicies/${id}`, field: undefined, path: ['retryPolicies', id], shape }
    : undefined;

/** Dotted path of an attribute of a policy, below the element that holds it. */
export const fieldOf = (site: PolicySite<unknown>, attribute: string): string =>
  site.field ? `${site.field}.${attribute}` : attribute;
