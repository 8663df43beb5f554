import { formatDuration } from '../../core/units.ts';
import { jsonFile } from '../kit/json.ts';
import { code, plain, table } from '../kit/markdown.ts';
import type { Output } from '../kit/output.ts';
import type { SqsPlan } from './plan.ts';
import { policiesOf } from './policies.ts';
import type { QueuePlan } from './queues.ts';

export function emitSqs(plan: SqsPlan, out: Output): void {
  const folder = `brokers/${plan.id}`;
  out.add(
    `${folder}/queues.json`,
    jsonFile({ exchanges: [], queues: plan.queues.map(declarationOf), bindings: [] }),
  );
  out.add(`${folder}/policies.json`, jsonFile(policiesOf(plan)));
  out.add(`${folder}/README.md`, readme(plan));
}

const declarationOf = ({ name, attributes, redrive, topics, mixed }: QueuePlan) => ({
  name,
  durable: true,
  arguments: {
    attributes,
    ...(redrive ? { redrive } : {}),
    ...(topics.length > 0 ? { topics } : {}),
    ...(mixed ? { mixed } : {}),
  },
});

const readme = ({ id, env, queues, sqsConsumers }: SqsPlan): string =>
  [
    `# SQS ${code(id)}`,
    '',
    `${code('queues.json')} holds the queues. ${code('npm run topology -- apply')} adds what is missing and changes nothing that exists; ${code('npm run topology -- verify')} tells what differs. The compose file does the first at the start, at an emulator.`,
    '',
    `At AWS: leave ${code(`${env}_URL`)} out, set ${code(`${env}_REGION`)}, and let services find their credentials as every SDK does, from the role of their machine for example. ${code('policies.json')} has the least that each service and ${code('npm run dlq')} may do, as IAM policies: put account and region in place of the asterisks.`,
    '',
    '## Queues',
    '',
    ...table(
      ['Queue', 'Hidden after a receive', 'Keeps messages', 'Given up after', 'Why'],
      queues.map(({ name, attributes, redrive, reasons }) => [
        code(name),
        plain(durationOf(attributes['VisibilityTimeout'])),
        plain(durationOf(attributes['MessageRetentionPeriod'])),
        redrive ? `${redrive.maxReceiveCount} receives, to ${code(redrive.queue)}` : '–',
        reasons.join('<br>'),
      ]),
    ),
    '',
    '## Consumers',
    '',
    ...table(
      ['Consumer', 'Reads', 'Order', 'Failures'],
      sqsConsumers.map((plan) => [
        code(plan.id),
        code(plan.queue),
        plain(
          plan.ordering.value === 'none'
            ? 'none promised'
            : `${plan.ordering.value}: ${plan.ordering.reason}`,
        ),
        plain(plan.retry.reason),
      ]),
    ),
    '',
  ].join('\n');

const durationOf = (seconds = '0'): string => formatDuration(Number(seconds) * 1_000);
