import type { CommandParser } from 'redis';

/** A record is `busy:<token>`, `done:<token>` or `dead:<token>:<replay id>`; tokens are UUIDs and hold no colon. */
const claimSource = `
if redis.call('EXISTS', KEYS[2]) == 0 then return {'lost', 0} end
local record = redis.call('GET', KEYS[1])
if record then
  local state, token, replay = string.match(record, '^(%a+):([^:]*):?(.*)$')
  if state == 'done' then return {'done', 0} end
  if state == 'dead' and (ARGV[3] == '' or replay == ARGV[3]) then return {'dead', 0} end
  if state == 'busy' and token ~= ARGV[1] then return {'busy', redis.call('PTTL', KEYS[1])} end
end
redis.call('SET', KEYS[1], 'busy:' .. ARGV[1], 'PX', ARGV[2])
return {'claimed', 0}
`;

const renewSource = `
if redis.call('GET', KEYS[1]) ~= 'busy:' .. ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/** Repeating it after a lost answer finds the record it wrote, and says yes again. */
const finishSource = `
local record = redis.call('GET', KEYS[1])
if record == ARGV[2] then return 1 end
if record ~= 'busy:' .. ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
`;

const releaseSource = `
local record = redis.call('GET', KEYS[1])
if not record then return 1 end
if record ~= 'busy:' .. ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`;

/** Decimal digits of equal length compare as numbers do: Lua would round large offsets. */
const saveOffsetSource = `
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
local known = redis.call('GET', KEYS[1])
if not known or #known < #ARGV[1] or (#known == #ARGV[1] and known < ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
end
return 1
`;

const loadOffsetSource = `
if redis.call('EXISTS', KEYS[2]) == 0 then return 'lost' end
return redis.call('GET', KEYS[1])
`;

/** Each of these is one atomic step (https://redis.io/docs/latest/develop/programmability/eval-intro/). */
export const claim = {
  SCRIPT: claimSource,
  NUMBER_OF_KEYS: 2,
  parseCommand(
    parser: CommandParser,
    key: string,
    sentinel: string,
    token: string,
    leaseMs: number,
    replayId: string,
  ) {
    parser.pushKey(key);
    parser.pushKey(sentinel);
    parser.push(token, String(leaseMs), replayId);
  },
  transformReply: (reply: unknown) => reply as readonly [string, number],
};

export const renew = {
  SCRIPT: renewSource,
  NUMBER_OF_KEYS: 1,
  parseCommand(parser: CommandParser, key: string, token: string, leaseMs: number) {
    parser.pushKey(key);
    parser.push(token, String(leaseMs));
  },
  transformReply: isOne,
};

export const finish = {
  SCRIPT: finishSource,
  NUMBER_OF_KEYS: 1,
  parseCommand(parser: CommandParser, key: string, token: string, record: string, ttlMs: number) {
    parser.pushKey(key);
    parser.push(token, record, String(ttlMs));
  },
  transformReply: isOne,
};

export const release = {
  SCRIPT: releaseSource,
  NUMBER_OF_KEYS: 1,
  parseCommand(parser: CommandParser, key: string, token: string) {
    parser.pushKey(key);
    parser.push(token);
  },
  transformReply: isOne,
};

export const saveOffset = {
  SCRIPT: saveOffsetSource,
  NUMBER_OF_KEYS: 2,
  parseCommand(parser: CommandParser, key: string, sentinel: string, next: string) {
    parser.pushKey(key);
    parser.pushKey(sentinel);
    parser.push(next);
  },
  transformReply: isOne,
};

export const loadOffset = {
  SCRIPT: loadOffsetSource,
  NUMBER_OF_KEYS: 2,
  parseCommand(parser: CommandParser, key: string, sentinel: string) {
    parser.pushKey(key);
    parser.pushKey(sentinel);
  },
  transformReply: (reply: unknown) => reply as string | null,
};

function isOne(reply: unknown): boolean {
  return reply === 1;
}
