import { CreateQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { TopologyError } from '../core/errors.ts';
import type { TopologyDifference } from '../core/topology.ts';
import type { QueueDeclaration } from '../core/types.ts';
import { withLeave, withoutLeave } from './policy.ts';
import type { Queues } from './queues.ts';
import type { SqsQueueArguments } from './topology.ts';

type Attributes = Readonly<Partial<Record<string, string>>>;

/** A queue of the design, and what SQS has under its name. */
interface Compared {
  readonly name: string;
  readonly wanted: SqsQueueArguments;
  readonly found: Attributes | undefined;
  readonly differences: readonly TopologyDifference[];
}

/** What SQS has, compared with the queues of a design. Other queues of the account are nobody's business here. */
export async function differencesOf(
  queues: Queues,
  design: readonly QueueDeclaration[],
  signal: AbortSignal,
): Promise<TopologyDifference[]> {
  return (await compare(queues, design, signal)).flatMap(({ differences }) => differences);
}

/**
 * Makes what is missing, and returns it. Dead-letter queues are made before the queues that name them.
 * @throws TopologyError, having changed nothing, when a queue exists with other settings
 */
export async function declareQueues(
  queues: Queues,
  design: readonly QueueDeclaration[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const compared = await compare(queues, design, signal);
  const differences = compared.flatMap((each) => each.differences);
  const changed = differences.filter(({ kind }) => kind === 'changed');
  if (changed.length > 0)
    throw new TopologyError(
      `Nothing was changed. Change the design, or the queue at AWS:\n${changed.map(({ element, detail }) => `${element}: ${detail}`).join('\n')}`,
    );
  const missing = compared.filter(({ found }) => found === undefined);
  const [plain, redriving] = [false, true].map((is) =>
    missing.filter(({ wanted }) => (wanted.redrive !== undefined) === is),
  );
  for (const each of [...(plain ?? []), ...(redriving ?? [])]) await create(queues, each, signal);
  for (const { name, wanted } of compared) await permit(queues, name, wanted, signal);
  return differences.map(({ element }) => element);
}

async function compare(
  queues: Queues,
  design: readonly QueueDeclaration[],
  signal: AbortSignal,
): Promise<Compared[]> {
  return Promise.all(
    design.map(async ({ name, arguments: args = {} }) => {
      const wanted: SqsQueueArguments = args;
      const found = await attributesOf(queues, name, signal);
      return { name, wanted, found, differences: differences(name, wanted, found) };
    }),
  );
}

async function attributesOf(
  queues: Queues,
  name: string,
  signal: AbortSignal,
): Promise<Attributes | undefined> {
  try {
    return await queues.attributesOf(name, ['All'], signal);
  } catch (error) {
    if (error instanceof TopologyError) return undefined;
    throw error;
  }
}

function differences(
  name: string,
  wanted: SqsQueueArguments,
  found: Attributes | undefined,
): TopologyDifference[] {
  const element = `queue ${name}`;
  const { attributes = {}, redrive, topics = [] } = wanted;
  const permission = (topic: string): TopologyDifference => ({
    kind: 'missing',
    element: `leave of topic ${topic} to send to ${element}`,
  });
  if (found === undefined) return [{ kind: 'missing', element }, ...topics.map(permission)];
  const details = Object.entries(attributes).flatMap(([attribute, value]) =>
    differs(attribute, value, found[attribute]),
  );
  if (redrive !== undefined)
    details.push(...differs('redrive', textOf(redrive), redriveIn(found['RedrivePolicy'])));
  return [
    ...details.map((detail): TopologyDifference => ({ kind: 'changed', element, detail })),
    ...withoutLeave(found['Policy'], found['QueueArn'] ?? '', topics).map(permission),
  ];
}

const differs = (what: string, design: string, sqs: string | undefined): string[] =>
  design === sqs ? [] : [`${what} is ${design} in the design and ${sqs ?? 'not set'} at SQS`];

const textOf = ({ queue, maxReceiveCount }: NonNullable<SqsQueueArguments['redrive']>): string =>
  `to ${queue} after ${maxReceiveCount} receives`;

function redriveIn(policy: string | undefined): string | undefined {
  if (!policy) return undefined;
  const { deadLetterTargetArn = '', maxReceiveCount } = JSON.parse(policy) as {
    deadLetterTargetArn?: string;
    maxReceiveCount?: number | string;
  };
  return textOf({
    queue: deadLetterTargetArn.split(':').at(-1) ?? '',
    maxReceiveCount: Number(maxReceiveCount),
  });
}

async function create(queues: Queues, { name, wanted }: Compared, signal: AbortSignal): Promise<void> {
  const { attributes = {}, redrive } = wanted;
  const RedrivePolicy = redrive && {
    deadLetterTargetArn: await arnOf(queues, redrive.queue, signal),
    maxReceiveCount: redrive.maxReceiveCount,
  };
  const command = new CreateQueueCommand({
    QueueName: name,
    Attributes: { ...attributes, ...(RedrivePolicy ? { RedrivePolicy: JSON.stringify(RedrivePolicy) } : {}) },
  });
  await queues.reach.call((options) => queues.client.send(command, options), signal);
}

/** Adds to the policy of a queue what its topics need. */
async function permit(
  queues: Queues,
  name: string,
  { topics = [] }: SqsQueueArguments,
  signal: AbortSignal,
): Promise<void> {
  if (topics.length === 0) return;
  const { Policy, QueueArn = '' } = await queues.attributesOf(name, ['Policy', 'QueueArn'], signal);
  const missing = withoutLeave(Policy, QueueArn, topics);
  if (missing.length === 0) return;
  const command = new SetQueueAttributesCommand({
    QueueUrl: await queues.urlOf(name, signal),
    Attributes: { Policy: withLeave(Policy, QueueArn, missing) },
  });
  await queues.reach.call((options) => queues.client.send(command, options), signal);
}

async function arnOf(queues: Queues, name: string, signal: AbortSignal): Promise<string> {
  const { QueueArn } = await queues.attributesOf(name, ['QueueArn'], signal);
  if (QueueArn === undefined) throw new TopologyError(`The queue ${name} does not say its ARN.`);
  return QueueArn;
}
