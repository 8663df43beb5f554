import { addressOf, type ElementOf } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { parseDuration, parseSize } from '../../core/units.ts';
import type { Context } from '../context.ts';
import { unsupported } from '../kit/problems.ts';
import type { QueuePlan } from './queues.ts';

/** Streams of a broker. To RabbitMQ they are queues of a type of their own, declared over AMQP like all others. */
export function planStreams({ graph }: Context, broker: string): Result<readonly QueuePlan[]> {
  const plans: QueuePlan[] = [];
  const problems: Problem[] = [];
  for (const [id, stream] of graph.design.streams) {
    if (stream.broker !== broker) continue;
    if ((stream.partitions ?? 1) > 1) {
      problems.push(
        unsupported(
          addressOf('streams', id),
          'super streams are not generated yet.',
          'Leave partitions out for one stream, or draw one stream for each.',
        ),
      );
      continue;
    }
    plans.push({
      name: stream.name ?? id,
      durable: true,
      arguments: { 'x-queue-type': 'stream', ...retentionSettings(stream) },
      reasons: reasonsOf(stream),
    });
  }
  return problems.length > 0 ? fail(problems) : ok(plans);
}

/** https://www.rabbitmq.com/docs/streams#retention */
function retentionSettings({
  retention,
  retentionBytes,
  segmentSize,
}: ElementOf<'streams'>): QueuePlan['arguments'] {
  const age = parseDuration(retention ?? '');
  const bytes = parseSize(retentionBytes ?? '');
  const segment = parseSize(segmentSize ?? '');
  return {
    ...(age === undefined ? {} : { 'x-max-age': `${Math.ceil(age / 1_000)}s` }),
    ...(bytes === undefined ? {} : { 'x-max-length-bytes': Math.round(bytes) }),
    ...(segment === undefined ? {} : { 'x-stream-max-segment-size-bytes': Math.round(segment) }),
  };
}

const reasonsOf = ({ retention, retentionBytes }: ElementOf<'streams'>): readonly string[] =>
  retention === undefined && retentionBytes === undefined
    ? ['Without retention it grows until the disk is full.']
    : ['Whole segments are deleted, so that more is kept than the retention says.'];
