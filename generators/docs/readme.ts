import { formatDuration } from '../../core/units.ts';
import type { BrokerNotes } from '../broker.ts';
import type { ChannelPlan } from '../endpoint.ts';
import { code, plain, table } from '../kit/markdown.ts';
import type { Output } from '../kit/output.ts';
import type { ServicePlan, WorkspacePlan } from '../workspace/plan.ts';
import { NODE } from '../workspace/versions.ts';

/** How to run the workspace, and how each service gets its guarantees. */
export function emitReadme(plan: WorkspacePlan, out: Output): void {
  const lines = [
    `# ${plain(plan.title)}`,
    '',
    ...(plan.description ? [plain(plan.description), ''] : []),
    ...running(plan),
    ...layout(plan),
    ...guarantees(plan),
    ...limits(plan),
  ];
  out.add('README.md', `${lines.join('\n').trimEnd()}\n`);
}

const running = (plan: WorkspacePlan): string[] => [
  '## Run',
  '',
  `Node ${NODE} or newer.`,
  '',
  '```sh',
  'npm install',
  'npm test             # on brokers in memory',
  'npm run demo         # all services and a load generator in one process',
  'npm run dev          # the same without end, started again after each change of a file',
  '```',
  '',
  'On real brokers, with Docker:',
  '',
  '```sh',
  'npm run setup        # makes passwords in secrets/, which git ignores',
  'docker compose up --build --wait',
  'docker compose --profile observability up --wait   # Prometheus on port 9090, Grafana on port 3000',
  'npm run load -- --count 1000',
  `npm run dlq -- list ${firstDeadLetterQueue([...plan.services, ...plan.workers])}   # and replay, drop`,
  '```',
  '',
  ...(acceptances(plan).length > 0
    ? [
        `Services refuse an empty idempotency store, since it may be one that has lost its records. A new volume is accepted by itself; after a loss, ${acceptances(plan).map(code).join(' or ')} for one service says that events may be handled again.`,
        '',
      ]
    : []),
  ...(plan.services[0]
    ? [
        `One service alone, against the brokers of the compose file: ${code(`npm run start:${plan.services[0].id}`)}, or ${code(`npm run dev -- ${plan.services[0].id}`)} to start it again after each change.`,
        '',
      ]
    : []),
  ...(plan.workers[0]
    ? [
        `Workers need Python 3.11 or newer: ${code(`pip install -e workers/messaging -e 'workers/${plan.workers[0].id}[dev]'`)} in a virtual environment, then ${code(`pytest workers/${plan.workers[0].id}`)}. The compose file builds their images. ${code('npm test')} and ${code('npm run demo')} run none of them: there the tasks stay in memory.`,
        '',
      ]
    : []),
  `Passwords come from ${code('secrets/<service>.env')}. Elsewhere give each setting in the environment, or in a file that the variable with ${code('_FILE')} behind its name points to, as secret managers mount them.`,
  '',
];

/** Settings that accept an empty store, for the first start. */
const acceptances = ({ store, database, services }: WorkspacePlan): readonly string[] => [
  ...(store ? [`${store.env}_ACCEPT_EMPTY=true`] : []),
  ...(database && services.some((service) => service.database.store)
    ? [`${database.env}_ACCEPT_EMPTY=true`]
    : []),
];

/** A queue for the example; it is typed into a shell, so a name that needs quoting is left out. */
function firstDeadLetterQueue(services: readonly ServicePlan[]): string {
  const queues = services.flatMap(({ consumers }) =>
    consumers.map(({ deadLetter: { value } }) => ('exchange' in value ? '' : channelName(value))),
  );
  return queues.find((queue) => /^[\w.-]+$/.test(queue)) ?? 'QUEUE';
}

const channelName = (channel: ChannelPlan): string => ('queue' in channel ? channel.queue : channel.topic);

const layout = ({ services, workers }: WorkspacePlan): string[] => [
  '## Files',
  '',
  ...table(
    ['Path', 'What', 'Whose'],
    [
      [code('services/*/src/handlers/'), 'what happens with a message', 'yours'],
      [code('services/*/src/app.ts'), 'what a service does by itself', 'yours'],
      [code('services/*/src/'), 'producers and consumers with their settings, and why', 'generated'],
      ...(workers.length > 0
        ? [
            [code('workers/*/*_worker/handlers/'), 'what happens with a task', 'yours'],
            [code('workers/'), 'workers of Celery in Python, and their library', 'generated'],
          ]
        : []),
      [code('contracts/'), 'message types, JSON Schemas, examples', 'generated'],
      [code('messaging/'), 'the messaging library', 'generated'],
      [code('brokers/'), 'configuration of the brokers', 'generated'],
      [code('observability/'), 'Prometheus, alert rules, Grafana dashboards', 'generated'],
      [code('tools/'), 'demo, load generator, dead-letter tool, tests of the wiring, secrets', 'generated'],
    ],
  ),
  '',
  'Your files are written once and then left alone. Generated files are merged when you generate again, so edits in them stay as well.',
  '',
  '## Services',
  '',
  ...table(
    ['Service', 'Owner', 'Replicas', 'Sends', 'Handles'],
    [...services, ...workers].map(({ id, owner = '', replicas, producers, consumers }) => [
      code(id),
      plain(owner),
      String(replicas),
      messagesOf(producers),
      messagesOf(consumers),
    ]),
  ),
  '',
];

const messagesOf = (endpoints: readonly { readonly messages: readonly string[] }[]): string =>
  [...new Set(endpoints.flatMap(({ messages }) => messages))].map(code).join(', ');

const guarantees = ({ services, workers, brokers }: WorkspacePlan): string[] => [
  '## Guarantees',
  '',
  'Producers: every send is confirmed by the broker or fails by its deadline; body and size are checked before the send.',
  '',
  ...perKind(brokers, ({ sending }) => sending),
  'Consumers: a message is acknowledged after its effect, never before. What fails is tried again and then dead-lettered; the copy is confirmed before the original is acknowledged.',
  '',
  ...perKind(brokers, ({ receiving }) => receiving),
  ...table(
    ['Consumer', 'Repeated deliveries', 'Failures', 'Dead letters', 'Order'],
    [...services, ...workers].flatMap(({ id, consumers }) =>
      consumers.map((consumer) => [
        code(`${id}.${consumer.id}`),
        plain(idempotencyText(consumer)),
        plain(
          [consumer.retry, ...(consumer.onFailure ? [consumer.onFailure] : [])]
            .map((d) => d.reason)
            .join('; '),
        ),
        'exchange' in consumer.deadLetter.value
          ? `exchange ${code(consumer.deadLetter.value.exchange)}`
          : code(channelName(consumer.deadLetter.value)),
        plain(consumer.ordering.value === 'none' ? 'none promised' : consumer.ordering.reason),
      ]),
    ),
  ),
  '',
  ...transactional(services),
  `Effects happen at least once${hasInbox(services) ? ' otherwise' : ''}. With a key store an event whose effect is done is not handled again for as long as its record is kept; a crash between the effect and the done-mark repeats the effect. Pass the idempotency key on to systems that take one, and such a repetition does nothing there either.`,
  '',
];

/** One line for each kind of broker in the workspace. */
function perKind(brokers: WorkspacePlan['brokers'], text: (notes: BrokerNotes) => string): string[] {
  const lines = new Map(brokers.map(({ label, notes }) => [label, text(notes)]));
  return [...[...lines].map(([label, note]) => `- ${label}: ${note}`), ''];
}

const hasInbox = (services: readonly ServicePlan[]): boolean =>
  services.some(({ consumers }) =>
    consumers.some(({ idempotency: { value } }) => value !== false && value.inbox),
  );

/** What PostgreSQL adds, where it is used. */
const transactional = (services: readonly ServicePlan[]): string[] => [
  ...(hasInbox(services)
    ? [
        `What a handler with an inbox writes through ${code('context.transaction')} commits together with the mark that its event is done: one committed effect for each key, also when the process is killed, stands still or loses its claim. Anything else that the handler causes happens at least once. In the demo and the tests there is no database: statements are noted and not run, and find no rows.`,
        '',
      ]
    : []),
  ...(services.some(({ database }) => database.outbox)
    ? [
        'Producers with an outbox write their messages into the database of the service, in a transaction that you give them; they are sent once it has committed, at least once and with the same event id each time.',
        '',
      ]
    : []),
];

function idempotencyText({ idempotency }: ServicePlan['consumers'][number]): string {
  if (idempotency.value === false) return idempotency.reason;
  const { keyFrom, leaseMs, doneTtlMs, inbox } = idempotency.value;
  const kept = doneTtlMs === 'permanent' ? 'for good' : `for ${formatDuration(doneTtlMs)}`;
  const how = inbox ? 'one committed effect for each key: ' : '';
  return `${how}remembered by ${keyFrom.join(' + ')} ${kept}; lease ${formatDuration(leaseMs)}`;
}

const limits = ({ brokers }: WorkspacePlan): string[] => [
  '## Limits',
  '',
  '- Bodies are JSON. A schema registry is not used.',
  `- The compose file runs one node of each broker (${brokers.map(({ access }) => code(access.id)).join(', ')}), for development. In the cluster that you run:`,
  ...perKind(brokers, ({ cluster }) => cluster).map((line) => (line === '' ? '' : `  ${line}`)),
];
