import type { RefTarget } from '../kinds/attribute.ts';
import { brokerList } from '../kinds/brokers.ts';
import { channelSections, kinds, type Section, sections } from '../kinds/registry.ts';
import { nearest } from '../nearest.ts';
import { derive } from './derived.ts';
import { addressOf, channelSectionOf, type Design } from './design.ts';
import type { Notice } from './notice.ts';
import { misplacedValues } from './placement.ts';
import { eachReference } from './references.ts';
import { textNotices } from './textNotices.ts';

export type { Notice } from './notice.ts';

/** Names that stand for built-in policies and need no entry in the design. */
export const builtInPolicies = {
  retryPolicies: ['standard', 'none'],
  idempotencyPolicies: ['standard', 'none'],
} as const;

export function referenceNotices(design: Design): Notice[] {
  const found: Notice[] = [];
  let implied: Design | undefined;
  eachReference(design, (to, id, field, [section, from]) => {
    // A dead-letter exchange that nobody declared is dlq/unrouted-dlx, which also repairs it.
    if (resolves(design, to, id, field) || field === 'deadLetter.exchange') return;
    implied ??= derive(design).design;
    // An alert may watch what shorthand implies, such as the dead-letter queue of `deadLetter: true`.
    if (to === 'channels' && resolves(implied, to, id, field)) return;
    const guess = nearest(id, candidates(design, to));
    found.push({
      id: 'document/unknown-reference',
      severity: 'error',
      at: addressOf(section, from),
      field,
      message: `${field} names ${JSON.stringify(id)}, which is not among the ${to}${guess ? `; did you mean ${guess}?` : '.'}`,
    });
  });
  return found;
}

function candidates(design: Design, to: RefTarget): string[] {
  const from: readonly Section[] = to === 'channels' ? channelSections : [to];
  return from.flatMap((section) => [...design[section].keys()]);
}

function resolves(design: Design, to: RefTarget, id: string, field: string): boolean {
  if (to === 'channels') return channelSectionOf(design, id) !== undefined;
  if (field.startsWith('deadLetter')) return design.queues.has(id) || design.streams.has(id);
  return design[to].has(id) || isBuiltIn(to, id);
}

const isBuiltIn = (to: RefTarget, id: string): boolean =>
  Object.hasOwn(builtInPolicies, to) &&
  (builtInPolicies[to as keyof typeof builtInPolicies] as readonly string[]).includes(id);

/** Keys that no attribute reads. They are kept in the file, for newer versions or for people. */
function unknownKeyNotices(design: Design): Notice[] {
  const found: Notice[] = [];
  for (const section of sections) {
    const { attributes } = kinds[section];
    for (const [id, element] of design[section]) {
      for (const key of Object.keys(element)) {
        if (Object.hasOwn(attributes, key)) continue;
        const guess = nearest(key, Object.keys(attributes));
        found.push({
          id: 'document/unknown-key',
          severity: 'warn',
          at: addressOf(section, id),
          field: key,
          message: `${key} is no attribute of a ${kinds[section].title.toLowerCase()} and has no effect${guess ? `; did you mean ${guess}?` : '.'}`,
        });
      }
    }
  }
  return found;
}

/** Attributes, and values of attributes, that mean nothing on the broker that their element is on. */
function brokerNotices(design: Design): Notice[] {
  return misplacedValues(design).map(({ at, field, value, on, worksOn }) => ({
    id: 'document/attribute-not-for-broker',
    severity: 'warn',
    at,
    field,
    message: `${value === undefined ? field : `${field}: ${value}`} means nothing on ${brokerList(on)}; it is for ${brokerList(worksOn)}.`,
  }));
}

/**
 * Everything that reading a design notices.
 * @param text What it was read from, where that is known.
 */
export const noticesOf = (design: Design, text?: string): Notice[] => [
  ...referenceNotices(design),
  ...unknownKeyNotices(design),
  ...brokerNotices(design),
  ...textNotices(design, text),
];
