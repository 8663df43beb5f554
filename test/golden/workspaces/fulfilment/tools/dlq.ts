import { parseArgs } from 'node:util';
import {
  createLogger,
  type DeadLetter,
  dropDeadLetters,
  listDeadLetters,
  replayDeadLetters,
} from '../messaging/index.ts';
import { topologies } from './topology.ts';
import { transports } from './transports.ts';

const USAGE = `npm run dlq -- list QUEUE    [--id ID] [--limit N]   shows dead letters, one a line
npm run dlq -- replay QUEUE  [--id ID] [--limit N]   sends them to the consumer that failed, and to no other
npm run dlq -- drop QUEUE    --id ID | --all         removes them for good`;

function fail(message: string): never {
  console.error(`${message}\n${USAGE}`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        id: { type: 'string' },
        limit: { type: 'string', default: '1000' },
        all: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const { positionals, values } = readArguments();
const [action = '', queue = ''] = positionals;
const limit = Number(values.limit);
if (!Number.isInteger(limit) || limit < 1) fail('--limit takes a whole number of 1 or more.');
if (action === 'drop' && values.id === undefined && !values.all) fail('drop takes --id or --all.');
const holds = Object.keys(topologies).find((id) => topologies[id]?.queues.some(({ name }) => name === queue));
const connect = transports[holds ?? ''];
if (connect === undefined) fail(queue === '' ? 'Which queue?' : `There is no queue ${queue}.`);

const transport = connect();
const signal = AbortSignal.timeout(60_000);
const selection = { limit, select: ({ id }: DeadLetter) => values.id === undefined || id === values.id };
const actions = new Map([
  ['list', () => listDeadLetters(transport, queue, selection)],
  ['replay', () => replayDeadLetters(transport, queue, selection, signal)],
  ['drop', () => dropDeadLetters(transport, queue, selection)],
]);
const run = actions.get(action);
if (run === undefined) fail(`There is no action ${action}.`);

// Standard output is for the dead letters alone.
process.env.LOG_LEVEL = 'silent';
try {
  await transport.start({ exchanges: [], queues: [queue] }, createLogger('dlq'), signal);
  const letters = await run();
  for (const { message, ...letter } of letters) {
    console.log(JSON.stringify({ ...letter, body: new TextDecoder().decode(message.body) }));
  }
  console.error(`${action}: ${letters.length} dead letters`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await transport.close();
}
