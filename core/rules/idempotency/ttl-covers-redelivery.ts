import type { Consumer, Flow } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { retryWindow } from '../../design/policies.ts';
import type { IdempotencyShape } from '../../kinds/shared.ts';
import { defineRule, type MessageTemplates, type RuleContext } from '../../review/rule.ts';
import { arrivalRate } from '../../review/support/load.ts';
import { fieldOf, type PolicySite, policySite } from '../../review/support/policies.ts';
import { formatDuration, formatSize, parseDuration, parseSize } from '../../units.ts';
import { z } from '../../zod.ts';

const messages = {
  short: {
    message: 'Consumer {consumer} forgets processed messages after {ttl}, but they can return for {window}.',
    consequence:
      'A message that is delivered again after that is taken for a new one, and its effect is repeated.',
  },
  replay: {
    message:
      'Consumer {consumer} forgets processed messages after {ttl}, while flow {flow} replays stream {stream}.',
    consequence:
      'A replay carries out every effect that is older than that again. A PostgreSQL inbox with `ttl: permanent` does not.',
  },
  full: {
    message:
      'Keys of consumer {consumer} take about {size} at {rate} messages/s for {ttl}; the store has {maxmemory}.',
    consequence:
      'A full store refuses new keys, and the consumer stops. A table of processed events in PostgreSQL has room for them.',
  },
} as const satisfies MessageTemplates;

interface Options {
  readonly redelivery: string;
  readonly entryBytes: number;
  readonly fill: number;
}
type Context = RuleContext<Options, typeof messages, never>;

const MARKING: ReadonlySet<string> = new Set(['key-store', 'unique-constraint', 'transactional-inbox']);
/** How long the generated consumer keeps a done-mark where the design does not say. */
const STANDARD_TTL = '24h';

const standard = { redelivery: '24h', entryBytes: 120, fill: 0.7 };

export const ttlCoversRedelivery = defineRule({
  id: 'idempotency/ttl-covers-redelivery',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Processed messages are remembered for as long as they can return',
    docs: {
      what: 'The `ttl` of an idempotency policy must cover the time in which the source may deliver a processed message again (a day, see the options) and the whole retry schedule. A flow that replays a log (`needs.replay`, `needs.eventSourcing`) needs marks that last as long as the log, in practice `ttl: permanent` in PostgreSQL. Where the design tells how much memory the store has, the keys of the stated rate must fit. A missing `ttl` passes for queues: the generated consumer keeps done-marks for 24h, and the marks of dead letters for as long as the dead-letter queue keeps them.',
      why: 'A duplicate that arrives after its mark has expired is a new message. It happens on the worst day: a long retry, a dead-letter queue that is worked off on Monday, a replay of last month.',
    },
    sources: [
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html',
      'https://redis.io/docs/latest/commands/set/',
      'https://redis.io/docs/latest/develop/reference/eviction/',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      redelivery: z
        .string()
        .refine((text) => parseDuration(text) !== undefined, 'is not a duration')
        .default(standard.redelivery)
        .describe('How long a source may deliver a processed message again.'),
      entryBytes: z
        .number()
        .positive()
        .default(standard.entryBytes)
        .describe('Bytes that one key takes in the store.'),
      fill: z
        .number()
        .positive()
        .max(1)
        .default(standard.fill)
        .describe('Share of the memory of the store that keys may take.'),
    }),
  messages,
  needs: [],
  each: {
    consumers(context, consumer) {
      const { graph, design, passByDefault } = context;
      const policy = graph.idempotencyOf(consumer);
      if (!policy || !MARKING.has(policy.strategy ?? '')) return;
      const at = `consumers/${consumer.id}` as const;
      const written = consumer.value.idempotency;
      const site = policySite<IdempotencyShape>(
        { section: 'consumers', id: consumer.id },
        'idempotency',
        written as string | IdempotencyShape | undefined,
        design.idempotencyPolicies,
      );
      if (policy.ttl === undefined) passByDefault({ at, attribute: 'idempotencyPolicies.ttl' });
      const ttl = policy.ttl ?? STANDARD_TTL;
      judgeReplay(context, consumer, ttl);
      if (site) judgeWindow(context, consumer, site);
      if (ttl !== 'permanent') judgeMemory(context, consumer, policy, ttl);
    },
  },
});

function judgeWindow(
  { graph, options, report }: Context,
  consumer: Named<Consumer>,
  site: PolicySite<IdempotencyShape>,
): void {
  const ttl = parseDuration(site.shape.ttl ?? '');
  if (ttl === undefined) return;
  const retry = graph.retryOf(consumer);
  const retries = retry && Number.isFinite(retry.maxAttempts) ? retryWindow(retry) : 0;
  const window = Math.max(parseDuration(options.redelivery) ?? 0, retries);
  if (ttl >= window) return;
  report({
    at: site.at,
    field: fieldOf(site, 'ttl'),
    messageId: 'short',
    data: { consumer: consumer.id, ttl: formatDuration(ttl), window: formatDuration(window) },
    fix: {
      label: `Remember processed messages for ${formatDuration(window)}`,
      patches: () => [{ op: 'set', path: [...site.path, 'ttl'], value: formatDuration(window) }],
    },
  });
}

function judgeReplay({ graph, report }: Context, consumer: Named<Consumer>, ttl: string): void {
  const channel = graph.channel(consumer.value.channel);
  if (channel?.section !== 'streams' || ttl === 'permanent') return;
  const flow = graph.flowsOf(`consumers/${consumer.id}`).find(({ value }) => replays(value));
  const retention = parseDuration(channel.value.retention ?? '') ?? Number.POSITIVE_INFINITY;
  if (!flow || (parseDuration(ttl) ?? 0) >= retention) return;
  report({
    at: `consumers/${consumer.id}`,
    field: 'idempotency',
    messageId: 'replay',
    data: { consumer: consumer.id, ttl, flow: flow.id, stream: channel.id },
  });
}

const replays = ({ needs }: Flow): boolean => needs?.replay === true || needs?.eventSourcing === true;

function judgeMemory(
  { graph, design, options, report }: Context,
  consumer: Named<Consumer>,
  { store }: IdempotencyShape,
  ttl: string,
): void {
  if ((store?.kind ?? 'redis') !== 'redis') return;
  const maxmemory = store?.maxmemory ?? design.brokers.get(store?.ref ?? '')?.maxmemory;
  if (maxmemory === undefined) return;
  const room = parseSize(maxmemory);
  const rate = averageRate(graph, consumer);
  const lasts = parseDuration(ttl);
  if (room === undefined || rate === undefined || lasts === undefined) return;
  const bytes = (rate * lasts * options.entryBytes) / 1000;
  if (bytes <= options.fill * room) return;
  report({
    at: `consumers/${consumer.id}`,
    field: 'idempotency',
    messageId: 'full',
    data: { consumer: consumer.id, size: formatSize(bytes), rate, ttl, maxmemory },
  });
}

const averageRate = (graph: Graph, { value }: Named<Consumer>): number | undefined =>
  arrivalRate(graph, value.channel ?? '', 'avg') ?? arrivalRate(graph, value.channel ?? '');
