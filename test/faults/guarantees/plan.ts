import type { ProbeBroker } from '../matrix/fault.ts';
import { faults } from '../matrix/registry.ts';
import type { PlantedBug } from '../planted/bug.ts';
import { plantedBugs } from '../planted/registry.ts';
import type { RunId } from './results.ts';

/** A row of the table before anything has run. */
export interface Planned extends RunId {
  readonly cells: readonly string[];
}

const brokerNames: Readonly<Record<ProbeBroker, string>> = { rabbitmq: 'RabbitMQ', kafka: 'Kafka' };

export const faultId = (number: number): string => `fault ${number}`;
export const plantedId = (id: string): string => `planted ${id}`;

/** Every fault of the matrix on every broker that it is for. */
export const plannedFaults: readonly Planned[] = faults.flatMap(({ number, title, holds, brokers }) =>
  brokers.map((broker) => ({
    id: faultId(number),
    scope: broker,
    cells: [String(number), title, holds, brokerNames[broker]],
  })),
);

export const plannedBugs: readonly Planned[] = Object.entries<PlantedBug>(plantedBugs).map(
  ([id, { title, consequence, scenario, breaks }]) => ({
    id: plantedId(id),
    // On RabbitMQ; the relay's on PostgreSQL besides, which its hash holds too.
    scope: 'rabbitmq',
    cells: [title, consequence, scenario.title, breaks],
  }),
);

/** Faults of the matrix by number; what is not run on a broker needs a reason. */
const wanted: readonly { readonly broker: ProbeBroker; readonly numbers: readonly number[] }[] = [
  { broker: 'rabbitmq', numbers: [...upTo(17), 20, 22, 24, 25, 26, 27] },
  { broker: 'kafka', numbers: [...upTo(17), 18, 19, 20, 24, 25, 26, 27] },
];

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, at) => at + 1);
}

/** What of the matrix has no run, with the reason that the fault gives. */
export const withoutRun: readonly string[] = wanted.flatMap(({ broker, numbers }) =>
  numbers.flatMap((number) => {
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
  'Other versions than those of the run: RabbitMQ comes from Debian (3.10 on Debian 12), so how the delivery limit counts from 4.3 on is not shown.',
  'Faults 21 (Redis Streams) and 23 (SQS, Kinesis): there are no transports for these brokers.',
  'The inbox in PostgreSQL under the single faults: they run with the key store in Redis, whose window is the wider one.',
];
