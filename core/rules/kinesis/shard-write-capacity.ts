import type { Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';
import { arrivalRate, partitionsOf, rateOf } from '../../review/support/load.ts';
import { parseSize } from '../../units.ts';

const RECORDS = 1000;
const BYTES = 1024 ** 2;

export const shardWriteCapacity = defineRule({
  id: 'kinesis/shard-write-capacity',
  meta: {
    severity: 'error',
    brokers: ['kinesis'],
    fix: 'suggest',
    title: 'The shards take what is written',
    docs: {
      what: 'A provisioned Kinesis stream takes 1,000 records and 1 MiB a second for each shard. The peaks of its producers, and peaks × average message size, must fit. Without the rates or the sizes the answer is unknown. A stream without `mode` passes, since the generated one is on demand.',
      why: 'Beyond the limit PutRecords succeeds and refuses single records of the batch. Producers send them again on top of what comes next, so the stream stays above its limit until the peak is over, and a producer that does not look at each answer loses them.',
    },
    sources: [
      sources.kinesisLimits,
      'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html',
    ],
  },
  options: noOptions,
  messages: {
    records: {
      message:
        'Stream {stream} is sent {rate} records a second at the peak; its {shards} shards take {limit}.',
      consequence: 'Kinesis refuses the records beyond the limit.',
    },
    bytes: {
      message: 'Stream {stream} is sent {rate} MiB a second at the peak; its {shards} shards take {limit}.',
      consequence: 'Kinesis refuses the records beyond the limit.',
    },
  },
  needs: ['producers.rate', 'messages.size'],
  each: {
    streams({ graph, report, unknown, passByDefault }, stream) {
      const drawn = drawnOn(graph, 'kinesis', 'streams', stream);
      if (!drawn) return;
      const { id, at, value } = drawn;
      if (value.mode === undefined) passByDefault({ at, attribute: 'streams.mode' });
      const shards = partitionsOf(graph, { section: 'streams', id, value });
      if (shards === undefined) return;
      const senders = graph.sendersTo(id);
      for (const producer of senders)
        if (rateOf(producer) === undefined)
          unknown({ at: `producers/${producer.id}`, attribute: 'producers.rate' });
      for (const message of unsized(graph, senders))
        unknown({ at: `messages/${message}`, attribute: 'messages.size' });
      const records = arrivalRate(graph, id) ?? 0;
      const bytes = senders.reduce(
        (sum, producer) => sum + (rateOf(producer) ?? 0) * sizeOf(graph, producer),
        0,
      );
      const needed = Math.max(Math.ceil(records / RECORDS), Math.ceil(bytes / BYTES));
      if (needed <= shards) return;
      const isRecords = records > shards * RECORDS;
      report({
        at,
        field: 'partitions',
        messageId: isRecords ? 'records' : 'bytes',
        data: {
          stream: id,
          shards,
          rate: isRecords ? Math.round(records) : Math.round((10 * bytes) / BYTES) / 10,
          limit: isRecords ? shards * RECORDS : shards,
        },
        fix: {
          label: `Use ${needed} shards`,
          patches: () => [{ op: 'set', path: ['streams', id, 'partitions'], value: needed }],
        },
      });
    },
  },
});

/** Average bytes of the largest message of a producer; 0 where none is stated. */
const sizeOf = (graph: Graph, { value }: Named<Producer>): number =>
  Math.max(
    0,
    ...(value.messages ?? []).map((id) => parseSize(graph.design.messages.get(id)?.size?.avg ?? '') ?? 0),
  );

/** Message types without a size. */
const unsized = (graph: Graph, producers: readonly Named<Producer>[]): ReadonlySet<string> =>
  new Set(
    producers
      .flatMap(({ value }) => value.messages ?? [])
      .filter((id) => graph.design.messages.get(id)?.size?.avg === undefined),
  );
