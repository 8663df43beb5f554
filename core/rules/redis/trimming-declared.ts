import type { Graph } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule } from '../../review/rule.ts';
import { isSideChannel } from '../../review/support/channels.ts';
import { drawnOn } from '../../review/support/endpoints.ts';
import { arrivalRate } from '../../review/support/load.ts';
import { durationOf } from '../../review/support/work.ts';
import { formatDuration } from '../../units.ts';
import { z } from '../../zod.ts';

const OUTAGE = 4 * 3_600_000;

const standard = { margin: 1.5 };

export const trimmingDeclared = defineRule({
  id: 'redis/trimming-declared',
  meta: {
    severity: 'error',
    brokers: ['redis'],
    fix: 'auto',
    title: 'Redis streams have an end',
    docs: {
      what: 'A Redis stream needs `maxLen` or `minId`. Dead-letter streams are left out: they must not forget, and hold what failed alone. The fix keeps what the producers send during the longest outage and replay that the flows through the stream name (4 h by default), with a margin; where they do not state a rate, a person must say.',
      why: 'XACK takes an entry off the list of a group, not off the stream. Without trimming the stream keeps every entry that was ever added, until Redis refuses all writes, of the stream and of everything else that it holds, or is killed by its host.',
    },
    sources: [sources.redisStreams, sources.redisEviction],
  },
  standard,
  options: () =>
    z.strictObject({
      margin: z
        .number()
        .min(1)
        .default(standard.margin)
        .describe('How many times what arrives during the longest outage the fix keeps.'),
    }),
  messages: {
    endless: {
      message: 'Stream {stream} keeps every entry for ever: it has neither maxLen nor minId.',
      consequence: 'Its memory grows until Redis refuses writes or is killed.',
    },
  },
  needs: [],
  each: {
    streams({ graph, options, report }, stream) {
      const drawn = drawnOn(graph, 'redis', 'streams', stream);
      if (!drawn) return;
      const { id, at, value } = drawn;
      if (value.maxLen !== undefined || value.minId !== undefined) return;
      if (isSideChannel(graph, { section: 'streams', id, value })) return;
      const rate = arrivalRate(graph, id, 'avg') ?? arrivalRate(graph, id);
      const horizon = horizonOf(graph, id);
      const kept = Math.ceil(((rate ?? 0) * horizon * options.margin) / 1_000_000) * 1000;
      report({
        at,
        field: 'maxLen',
        messageId: 'endless',
        data: { stream: id },
        ...(kept > 0 && {
          fix: {
            label: `Keep ${kept} entries, ${options.margin} times what arrives in ${formatDuration(horizon)}`,
            patches: () => [{ op: 'set', path: ['streams', id, 'maxLen'], value: kept }],
          },
        }),
      });
    },
  },
});

/** Milliseconds for which a stream must hold entries: the longest outage of a consumer, or the longest replay. */
function horizonOf(graph: Graph, stream: string): number {
  const spans = graph
    .consumersOf(stream)
    .flatMap((consumer) => [
      durationOf(consumer.value.maxOutage),
      ...graph
        .flowsOf(`consumers/${consumer.id}`)
        .flatMap(({ value }) => [durationOf(value.maxConsumerOutage), durationOf(value.replayHorizon)]),
    ]);
  const stated = spans.filter((span) => span !== undefined);
  return stated.length > 0 ? Math.max(...stated) : OUTAGE;
}
