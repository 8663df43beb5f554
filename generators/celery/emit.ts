import { formatDuration } from '../../core/units.ts';
import { jsonFile } from '../kit/json.ts';
import { code, plain, table } from '../kit/markdown.ts';
import type { Output } from '../kit/output.ts';
import type { CeleryPlan } from './plan.ts';

export function emitCelery(plan: CeleryPlan, out: Output): void {
  const folder = `brokers/${plan.id}`;
  out.add(
    `${folder}/queues.json`,
    jsonFile({
      exchanges: [],
      queues: plan.queues.map(({ name, arguments: args }) => ({
        name,
        durable: true,
        auto_delete: false,
        arguments: args,
      })),
      bindings: [],
    }),
  );
  out.add(`${folder}/README.md`, readme(plan));
}

const readme = ({ id, carried, queues, tasks }: CeleryPlan): string =>
  [
    `# Celery ${code(id)}`,
    '',
    carried?.kind === 'redis'
      ? `Tasks are kept in lists of the Redis ${code(carried.by)}, which are made by use: there is nothing to set up. A task that a dead worker held is handed out again after ${formatDuration(carried.visibility.value)}: ${plain(carried.visibility.reason)}.`
      : `Tasks are kept in quorum queues of the RabbitMQ ${code(carried?.by ?? '')}. ${code('npm run topology -- apply')} adds what is missing and changes nothing that exists; the compose file does so at the start.`,
    '',
    ...table(
      ['Consumer', 'Queue', 'Failures', 'Dead letters'],
      tasks.map(({ id: consumer, queue, retry, deadLetter: { value } }) => [
        code(consumer),
        code(queue),
        plain(retry.reason),
        code('queue' in value ? value.queue : ''),
      ]),
    ),
    '',
    `All queues: ${queues.map(({ name }) => code(name)).join(', ')}.`,
    '',
  ].join('\n');
