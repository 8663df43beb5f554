import { addressOf, type Message } from '../../core/design/design.ts';
import { checkExamples } from '../../core/messages/examples.ts';
import { outsideReference } from '../../core/messages/schema.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { parseSize } from '../../core/units.ts';
import { type Context, Problems } from '../context.ts';
import type { Decision } from '../endpoint.ts';
import { camelCase, distinctNames, pascalCase } from '../kit/identifiers.ts';
import { unsupported } from '../kit/problems.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** One message type as code. */
export interface ContractPlan {
  readonly id: string;
  /** Variable with the contract, and type of the body. */
  readonly name: string;
  readonly type: string;
  readonly description: string | undefined;
  readonly version: number;
  readonly maxBytes: Decision<number>;
  readonly envelope: 'domain-event' | 'none';
  readonly aggregateIdPath: string | undefined;
  /** `true` accepts every body: the design gives no schema. */
  readonly schema: JsonSchema | true;
  readonly examples: readonly unknown[];
}

/** Default of RabbitMQ's max_message_size since 4.0. https://www.rabbitmq.com/docs/limits */
const MAX_BYTES = 16 * 1024 ** 2;

/** Default of Kafka's message.max.bytes, and what is left of it to headers. https://kafka.apache.org/documentation/#brokerconfigs */
const KAFKA_BATCH_BYTES = 1_048_588;
const HEADER_BYTES = 65_536;

export function planContracts(context: Context): Result<readonly ContractPlan[]> {
  const { design } = context;
  const problems = new Problems();
  const ids = [...design.messages.keys()].sort();
  problems.take(
    distinctNames(
      ids,
      (id) => id,
      (id) => addressOf('messages', id),
    ),
  );
  const names = problems.take(distinctNames(ids, camelCase, (id) => addressOf('messages', id)));
  const contracts = ids.map((id) => {
    const message = design.messages.get(id) as Message;
    problems.list.push(...messageProblems(id, message));
    return {
      id,
      name: names?.get(id) ?? '',
      type: pascalCase(id),
      description: message.description,
      version: message.version ?? 1,
      maxBytes: planMaxBytes(context, id, message),
      envelope: message.envelope === 'none' ? ('none' as const) : ('domain-event' as const),
      aggregateIdPath: message.aggregateIdPath,
      schema: message.schema ?? (true as const),
      examples: message.examples ?? [],
    };
  });
  return problems.list.length > 0 ? fail(problems.list) : ok(contracts);
}

function planMaxBytes(context: Context, id: string, { size }: Message): Decision<number> {
  const bytes = parseSize(size?.max ?? '');
  if (bytes !== undefined)
    return { value: Math.floor(bytes), reason: `${size?.max}, checked before a send and on receipt` };
  const batch = smallestBatch(context, id);
  return batch === undefined
    ? { value: MAX_BYTES, reason: 'the most that RabbitMQ takes, since the design does not say' }
    : {
        value: Math.max(1, batch - HEADER_BYTES),
        reason: 'what Kafka takes besides headers, since the design does not say',
      };
}

/** The smallest batch that a topic takes which the message is written to, in bytes; `undefined` when it is on no Kafka. */
function smallestBatch({ graph }: Context, message: string): number | undefined {
  const limits = [...graph.design.producers.values()].flatMap(({ channel, messages = [] }) => {
    const stream = graph.channel(channel);
    if (!messages.includes(message) || stream?.section !== 'streams') return [];
    if (graph.brokerKindOf(stream) !== 'kafka') return [];
    const limit = stream.value.maxMessageBytes ?? graph.brokerOf(stream)?.maxMessageSize;
    return [Math.floor(parseSize(limit ?? '') ?? KAFKA_BATCH_BYTES)];
  });
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function messageProblems(id: string, message: Message): Problem[] {
  const at = addressOf('messages', id);
  if (message.envelope === 'cloudevents')
    return [unsupported(at, 'CloudEvents envelopes are not generated yet.', 'Use domain-event or none.')];
  if (!message.schema) return [];
  const reference = outsideReference(message.schema);
  if (reference !== undefined)
    return [
      unsupported(
        at,
        `its schema refers to ${JSON.stringify(reference)}; schemas outside the design are not read yet.`,
        'Write the schema inline.',
      ),
    ];
  return exampleProblems(id, message.schema, message.examples ?? []);
}

/** Tests, the demo and the load generator send the examples, so each must fit its schema. */
function exampleProblems(id: string, schema: JsonSchema, examples: readonly unknown[]): Problem[] {
  const at = addressOf('messages', id);
  const problem = (message: string, hint: string): Problem => ({
    code: 'LOOM_SCHEMA',
    message: `${at}: ${message}`,
    hint,
    element: at,
  });
  const check = checkExamples(schema, examples);
  if (check.status === 'unknown')
    return [problem(check.reason, 'Correct the schema; it is JSON Schema 2020-12.')];
  return check.verdicts.flatMap((verdict, index) =>
    verdict.fits
      ? []
      : [
          problem(
            `example ${index + 1} does not fit the schema: ${verdict.pointer}: ${verdict.reason}`,
            'Correct the example or the schema.',
          ),
        ],
  );
}
