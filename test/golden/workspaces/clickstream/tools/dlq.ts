import {
  createLogger,
  type DeadLetter,
  deadLetterFilter,
  dropDeadLetters,
  listDeadLetters,
  replayDeadLetters,
  type Transport,
} from '../messaging/index.ts';
import {
  duration,
  readArguments,
  refuse,
  reportProgress,
  untilInterrupted,
  wholeNumber,
} from './arguments.ts';
import { channelsOf, isMixed, topologies } from './topologies.ts';
import { transports } from './transports.ts';

const USAGE = `npm run dlq -- list QUEUE     shows dead letters, one JSON object a line; --limit 1000 unless it says otherwise
npm run dlq -- show QUEUE     the same with all headers, spread over lines
npm run dlq -- replay QUEUE   sends them to the consumer that failed, and to no other
npm run dlq -- drop QUEUE     removes them for good; needs --yes
Which:     --id ID (also several) --reason R --error CLASS --type T --key AGGREGATE-ID --older-than 2h --newer-than 7d
How many:  --limit N, --rate N (a second); --dry-run shows what replay or drop would take
Interrupted or killed, nothing is lost: run it again, and it goes on with what is left.`;

const { positionals, values } = readArguments(
  {
    allowPositionals: true,
    options: {
      id: { type: 'string', multiple: true },
      reason: { type: 'string' },
      error: { type: 'string' },
      type: { type: 'string' },
      key: { type: 'string' },
      'older-than': { type: 'string' },
      'newer-than': { type: 'string' },
      limit: { type: 'string' },
      rate: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
  },
  USAGE,
);
const [action = '', queue = '', ...more] = positionals;
const limit = wholeNumber('--limit', values.limit);
const perSecond = wholeNumber('--rate', values.rate);
const filter = {
  ids: values.id,
  reason: values.reason,
  errorClass: values.error,
  type: values.type,
  key: values.key,
  olderThanMs: duration('--older-than', values['older-than']),
  newerThanMs: duration('--newer-than', values['newer-than']),
};
const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
const selection = {
  // Without it a broker that can may move all of them by itself.
  ...(Object.keys(given).length === 0 ? {} : { select: deadLetterFilter(given) }),
  ...(limit === undefined ? {} : { limit }),
};

if (!['list', 'show', 'replay', 'drop'].includes(action)) refuse(`There is no action ${action}.`, USAGE);
if (more.length > 0) refuse(`One queue at a time; ${more.join(' ')} is too much.`, USAGE);
if (action === 'drop' && !values.yes && !values['dry-run'])
  refuse('drop removes messages for good: say --yes, or look first with --dry-run.', USAGE);
const [holds, has] =
  Object.entries(topologies).find(([, topology]) => channelsOf(topology).includes(queue)) ?? [];
const connect = transports[holds ?? ''];
if (connect === undefined) refuse(queue === '' ? 'Which queue?' : `There is no queue ${queue}.`, USAGE);

async function list(transport: Transport): Promise<void> {
  const letters = await listDeadLetters(transport, queue, selection);
  for (const { message, replayTo: _, ...letter } of letters) {
    const body = new TextDecoder().decode(message.body);
    const shown = action === 'show' ? { ...letter, ...message, body } : { ...letter, body };
    console.log(JSON.stringify(shown, null, action === 'show' ? 2 : 0));
  }
  console.error(`${action}: ${letters.length} dead letters`);
}

async function settle(transport: Transport, signal: AbortSignal): Promise<void> {
  let settled = 0;
  let moved = '';
  const onSettled = ({ message: _, replayTo: __, ...letter }: DeadLetter) => {
    settled++;
    console.log(JSON.stringify(letter));
  };
  const done = reportProgress(() => `${action}: ${settled} so far`);
  const onMoved = (total: number) => {
    settled = total;
    moved = ', moved by the broker itself';
  };
  const oneByOne = has !== undefined && isMixed(has, queue);
  const rate = perSecond === undefined ? {} : { perSecond };
  const options = { ...selection, ...rate, oneByOne, onSettled, onMoved };
  const sweep = action === 'replay' ? replayDeadLetters : dropDeadLetters;
  const { skipped, complete } = await sweep(transport, queue, options, signal).finally(() => {
    done();
    console.error(`${action}: ${settled} dead letters${moved}`);
  });
  if (signal.aborted) throw new Error('Interrupted; what is left is where it was.');
  console.error(complete ? `${skipped} left` : 'Not all were looked at: there may be more.');
}

// Standard output is for the dead letters alone.
process.env.LOG_LEVEL = 'silent';
const signal = untilInterrupted();
const transport = connect();
try {
  const starting = AbortSignal.any([signal, AbortSignal.timeout(60_000)]);
  const names = has !== undefined && 'topics' in has ? { queues: [], topics: [queue] } : { queues: [queue] };
  await transport.start({ exchanges: [], ...names }, createLogger('dlq'), starting);
  await (action === 'list' || action === 'show' || values['dry-run']
    ? list(transport)
    : settle(transport, signal));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await transport.close();
}
