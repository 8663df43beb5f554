import { formatDuration } from '../../core/units.ts';
import { jsonFile } from '../kit/json.ts';
import { code, plain, table } from '../kit/markdown.ts';
import type { Output } from '../kit/output.ts';
import type { KinesisPlan } from './plan.ts';
import type { StreamPlan } from './streams.ts';

export function emitKinesis(plan: KinesisPlan, out: Output): void {
  const folder = `brokers/${plan.id}`;
  out.add(`${folder}/streams.json`, jsonFile({ topics: plan.streams.map(declarationOf) }));
  out.add(`${folder}/README.md`, readme(plan));
}

const declarationOf = ({ reasons: _, ...stream }: StreamPlan) => stream;

const readme = ({ id, streams, consumers, leases: { pollMs } }: KinesisPlan): string =>
  [
    `# Kinesis ${code(id)}`,
    '',
    `${code('streams.json')} holds the streams. ${code('npm run topology -- apply')} adds what is missing and changes nothing that exists; ${code('npm run topology -- verify')} tells what differs. The compose file does the first at the start, on an emulator that counts no shards by itself, keeps records for a week at most, encrypts nothing and has no limits of throughput.`,
    '',
    '## Streams',
    '',
    ...table(
      ['Stream', 'Shards', 'Kept for', 'Why'],
      streams.map(({ name, partitions, onDemand, retentionHours, reasons }) => [
        code(name),
        onDemand ? `on demand (${partitions} on the emulator)` : String(partitions),
        formatDuration(retentionHours * 3_600_000),
        reasons.join('<br>'),
      ]),
    ),
    '',
    '## Groups',
    '',
    ...table(
      ['Consumer', 'Group', 'Reads', 'Order', 'Failures', 'Dead letters', 'Leases in'],
      [...consumers.values()].map((consumer) => [
        code(consumer.id),
        'group' in consumer ? code(consumer.group) : '',
        'topic' in consumer ? `${code(consumer.topic)}<br>${code(consumer.retryTopic)}` : '',
        plain(
          consumer.ordering.value === 'none'
            ? 'none promised'
            : `${consumer.ordering.value}: ${consumer.ordering.reason}`,
        ),
        plain(consumer.retry.reason),
        'topic' in consumer.deadLetter.value ? code(consumer.deadLetter.value.topic) : '',
        consumer.idempotency.value && consumer.idempotency.value.store === 'postgres'
          ? 'PostgreSQL'
          : 'Redis',
      ]),
    ),
    '',
    `The processes of a group share the shards by leases, which they renew every second; those of a process that dies go to others after 10 seconds. A shard is read every ${pollMs} ms, so that its groups stay within five reads a second together. After a split or a merge the records of a key keep their order: what came before is handled first.`,
    '',
    'Where a group has got to is kept with the leases. A group that loses them would begin anew, so a store that has lost its records is refused until somebody accepts that.',
    '',
  ].join('\n');
