import { randomUUID } from 'node:crypto';
import { createClient, defineScript } from 'redis';

const leaseMs = 30_000;
const doneTtlMs = 86_400_000;

const finish = defineScript({
  SCRIPT: `
if redis.call('GET', KEYS[1]) ~= 'busy:' .. ARGV[1] then return 0 end
redis.call('SET', KEYS[1], 'done:' .. ARGV[1], 'PX', ARGV[2])
return 1
`,
  NUMBER_OF_KEYS: 1,
  parseCommand(parser, key: string, token: string) {
    parser.pushKey(key);
    parser.push(token, String(doneTtlMs));
  },
  transformReply: (reply: unknown) => reply === 1,
});

export type Guard = (consumer: string, eventId: string, work: () => void) => Promise<void>;

/** Claim, work, done-mark: two calls of the store for each message. The lease is not renewed. */
export async function connectClaims(url: string): Promise<Guard> {
  const client = createClient({ url, scripts: { finish } });
  client.on('error', () => {});
  await client.connect();
  return async (consumer, eventId, work) => {
    const key = `loom:${consumer}:${eventId}`;
    const token = randomUUID();
    const held = await client.set(key, `busy:${token}`, {
      condition: 'NX',
      GET: true,
      expiration: { type: 'PX', value: leaseMs },
    });
    if (held?.startsWith('done:')) return;
    if (held !== null) throw new Error('Another consumer is at work.');
    work();
    if (!(await client.finish(key, token))) throw new Error('The claim is lost.');
  };
}

/** No store: every delivery is handled. */
export const unguarded: Guard = async (_consumer, _eventId, work) => work();

/** As `BENCH_GUARDED` says. */
export const claims: Promise<Guard> = process.env['BENCH_GUARDED']
  ? connectClaims(process.env['STORE_URL'] ?? '')
  : Promise.resolve(unguarded);
