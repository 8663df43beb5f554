import { type ProbeBroker, probeBrokers } from '../matrix/fault.ts';
import { faults } from '../matrix/registry.ts';
import type { PlantedBug, Scenario } from '../planted/bug.ts';
import { plantedBugs } from '../planted/registry.ts';
import type { RunId } from './results.ts';

/** A row of the table before anything has run. */
export interface Planned extends RunId {
  readonly cells: readonly string[];
}

const brokerNames: Readonly<Record<ProbeBroker, string>> = {
  rabbitmq: 'RabbitMQ',
  kafka: 'Kafka',
  kinesis: 'Kinesis (emulator)',
  redis: 'Redis Streams',
  celery: 'Celery over Redis',
  'celery-rabbitmq': 'Celery over RabbitMQ',
  sqs: 'SQS and SNS (emulator)',
};

export const faultId = (number: number): string => `fault ${number}`;
export const plantedId = (id: string): string => `planted ${id}`;
export const scenarioId = ({ title }: Scenario): string => `without a bug: ${title}`;

/** Every fault of the matrix on every broker that it is for. */
export const plannedFaults: readonly Planned[] = faults.flatMap(({ number, title, holds, brokers }) =>
  brokers.map((broker) => ({
    id: faultId(number),
    scope: broker,
    cells: [String(number), title, holds, brokerNames[broker]],
  })),
);

/** What shows a planted bug and is no fault of the matrix: it runs without the bug as well. */
export const ownScenarios: readonly Scenario[] = Object.values<PlantedBug>(plantedBugs)
  .map(({ scenario }) => scenario)
  .filter((scenario) => !(faults as readonly Scenario[]).includes(scenario));

export const plannedScenarios: readonly Planned[] = ownScenarios.map((scenario) => ({
  id: scenarioId(scenario),
  scope: 'rabbitmq',
  cells: ['–', scenario.title, 'L U D S Q', brokerNames.rabbitmq],
}));

export const plannedBugs: readonly Planned[] = Object.entries<PlantedBug>(plantedBugs).map(
  ([id, { title, consequence, scenario, breaks }]) => ({
    id: plantedId(id),
    // On RabbitMQ; the relay's on PostgreSQL besides, which its hash holds too.
    scope: 'rabbitmq',
    cells: [title, consequence, scenario.title, breaks],
  }),
);

export const ordersIds = { queues: 'orders in work queues', log: 'orders in a log' } as const;

/** The services of `examples/orders.loom.yaml`, all at once. */
export const plannedOrders: readonly Planned[] = [
  { id: ordersIds.queues, scope: 'all', cells: ['work queues', 'RabbitMQ', 'key store in Redis'] },
  { id: ordersIds.log, scope: 'all', cells: ['log', 'Kafka', 'inbox in PostgreSQL'] },
];

export const planned: readonly Planned[] = [
  ...plannedFaults,
  ...plannedScenarios,
  ...plannedOrders,
  ...plannedBugs,
];

/** Faults of the matrix that concern these brokers, by number: what is not run on one of them needs a reason. */
const wanted = [...Array.from({ length: 24 }, (_, at) => at + 1), 25, 26, 27];

/** What of the matrix has no run, with the reason that the fault gives. */
const withoutRun: readonly string[] = wanted.flatMap((number) =>
  probeBrokers.flatMap((broker) => {
    const fault = faults.find((each) => each.number === number);
    if (fault?.brokers.includes(broker)) return [];
    const reason = fault?.notShown?.[broker] ?? 'there is no run for it yet';
    return [`Fault ${number}${fault ? ` (${fault.title})` : ''} on ${brokerNames[broker]}: ${reason}.`];
  }),
);

/** What these runs cannot show, and why. */
export const notShown: readonly string[] = [
  ...withoutRun,
  'Several nodes: each broker is one node, so the loss of a leader or a replica and a network that parts the nodes are not shown.',
  'Loss of power: processes are killed, the operating system under them lives on and keeps what they have written.',
  'Other versions than those of the run: RabbitMQ and Redis come from Debian (3.10 and 7.0 on Debian 12), so how the delivery limit counts from 4.3 on is not shown.',
  'Kinesis itself: its runs are on an emulator, which has neither its limits nor its access rights.',
  'SQS and SNS themselves: their runs are on an emulator, which delivers nothing twice, hands out one message of a group at a time, does not tell where the redrive policy has moved a message from, and has neither limits nor access rights.',
  'The inbox in PostgreSQL under each single fault: those run with the key store in Redis, whose window is the wider one.',
];
