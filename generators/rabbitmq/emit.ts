import { formatDuration, parseDuration, parseSize } from '../../core/units.ts';
import { jsonFile } from '../kit/json.ts';
import { code, table } from '../kit/markdown.ts';
import type { Output } from '../kit/output.ts';
import type { RabbitPlan } from './plan.ts';

export function emitRabbit(plan: RabbitPlan, out: Output): void {
  const folder = `brokers/${plan.id}`;
  out.add(`${folder}/definitions.json`, definitions(plan));
  out.add(`${folder}/users.json`, jsonFile({ vhost: plan.vhost, users: plan.users }));
  out.add(`${folder}/rabbitmq.conf`, configuration(plan));
  out.add(`${folder}/README.md`, readme(plan));
}

/** https://www.rabbitmq.com/docs/definitions. Users are not in it: their password hashes are made on each machine. */
function definitions({ vhost, exchanges, queues, bindings }: RabbitPlan): string {
  return jsonFile({
    vhosts: [{ name: vhost }],
    exchanges: exchanges.map(({ name, type, durable, internal, arguments: args }) => ({
      name,
      vhost,
      type,
      durable,
      auto_delete: false,
      internal,
      arguments: args,
    })),
    queues: queues.map(({ name, durable, arguments: args }) => ({
      name,
      vhost,
      durable,
      auto_delete: false,
      arguments: args,
    })),
    bindings: bindings.map((binding) => ({ ...binding, vhost })),
  });
}

/** https://www.rabbitmq.com/docs/configure */
function configuration({ limits }: RabbitPlan): string {
  const size = parseSize(limits.maxMessageSize ?? '');
  const timeout = parseDuration(limits.consumerTimeout ?? '');
  return [
    '# Topology first, then the users of this machine: the files of the folder are imported in the order of their names.',
    'load_definitions = /etc/rabbitmq/definitions.d',
    '# Publishing stops before the disk is full.',
    'disk_free_limit.absolute = 1GB',
    ...(size === undefined ? [] : ['# As the design says.', `max_message_size = ${Math.round(size)}`]),
    ...(timeout === undefined
      ? []
      : ['# As the design says, in ms.', `consumer_timeout = ${Math.round(timeout)}`]),
    '',
  ].join('\n');
}

function readme({ id, vhost, queues, users }: RabbitPlan): string {
  return [
    `# RabbitMQ broker ${code(id)}`,
    '',
    `${code('definitions.json')} holds the exchanges, queues and bindings of the virtual host ${code(vhost)}. A broker takes it in with ${code('rabbitmqctl import_definitions')}; the compose file does so at the start. Importing adds what is missing and changes nothing that exists.`,
    '',
    `${code('users.json')} says who may do what: one user for each service, which can use its own exchanges and queues and declare nothing, and ${code(users.at(-1)?.name ?? '')} for people. Passwords are not in it; ${code('npm run setup')} makes them.`,
    '',
    '## Queues',
    '',
    ...table(
      ['Queue', 'Settings', 'Why'],
      queues
        .filter(({ delay }) => delay === undefined)
        .map(({ name, arguments: args, reasons }) => [code(name), settings(args), reasons.join('<br>')]),
    ),
    '',
    ...delayQueues(queues),
  ].join('\n');
}

const settings = (args: Readonly<Record<string, unknown>>): string =>
  Object.entries(args)
    .map(([key, value]) => code(`${key}: ${JSON.stringify(value)}`))
    .join('<br>');

function delayQueues(queues: RabbitPlan['queues']): string[] {
  const rows = queues.flatMap(({ name, delay }) =>
    delay ? [[code(name), formatDuration(delay.ms), code(delay.returnsTo)]] : [],
  );
  return rows.length === 0
    ? []
    : [
        '## Delay queues',
        '',
        'A message whose handler failed waits here and returns to its own queue. Each has one fixed time, since RabbitMQ expires messages only at the head of a queue. They are quorum queues with reject-publish, since only those move expired messages at least once.',
        '',
        ...table(['Queue', 'Waits', 'Returns to'], rows),
        '',
      ];
}
