import type { CommandParser } from 'redis';

/**
 * A record is `busy:<token>`, `done:<token>` or `dead:<token>:<replay id>`; tokens are UUIDs and hold no colon. Answers
 * with a number for each record: how many milliseconds another's lease still runs, or one of `claimAnswers`.
 */
const claimSource = `
local known = redis.call('EXISTS', KEYS[1]) == 1
local answers = {}
for i = 2, #KEYS do
  local at = (i - 2) * 3
  local answer = -1
  if not known then
    answer = -4
  else
    local record = redis.call('GET', KEYS[i])
    if record then
      local state, token, replay = string.match(record, '^(%a+):([^:]*):?(.*)$')
      if state == 'done' then
        answer = -2
      elseif state == 'dead' and (ARGV[at + 3] == '' or replay == ARGV[at + 3]) then
        answer = -3
      elseif state == 'busy' and token ~= ARGV[at + 1] then
        answer = math.max(0, redis.call('PTTL', KEYS[i]))
      end
    end
  end
  if answer == -1 then redis.call('SET', KEYS[i], 'busy:' .. ARGV[at + 1], 'PX', ARGV[at + 2]) end
  answers[i - 1] = answer
end
return answers
`;

export const claimAnswers = { claimed: -1, done: -2, dead: -3, lost: -4 } as const;

const renewSource = `
if redis.call('GET', KEYS[1]) ~= 'busy:' .. ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/** Repeating it after a lost answer finds the record it wrote, and says yes again. */
const finishSource = `
local answers = {}
for i = 1, #KEYS do
  local at = (i - 1) * 3
  local record = redis.call('GET', KEYS[i])
  if record == ARGV[at + 2] then
    answers[i] = 1
  elseif record == 'busy:' .. ARGV[at + 1] then
    redis.call('SET', KEYS[i], ARGV[at + 2], 'PX', ARGV[at + 3])
    answers[i] = 1
  else
    answers[i] = 0
  end
end
return answers
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

export interface ClaimItem {
  readonly key: string;
  readonly token: string;
  readonly leaseMs: number;
  readonly replayId: string;
}

export interface FinishItem {
  readonly key: string;
  readonly token: string;
  readonly record: string;
  readonly ttlMs: number;
}

/** Each of these is one atomic step (https://redis.io/docs/latest/develop/programmability/eval-intro/). */
export const claimAll = {
  SCRIPT: claimSource,
  parseCommand(parser: CommandParser, sentinel: string, items: readonly ClaimItem[]) {
    parser.push(String(items.length + 1));
    parser.pushKey(sentinel);
    for (const { key } of items) parser.pushKey(key);
    for (const { token, leaseMs, replayId } of items) parser.push(token, String(leaseMs), replayId);
  },
  transformReply: (reply: unknown) => reply as readonly number[],
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

export const finishAll = {
  SCRIPT: finishSource,
  parseCommand(parser: CommandParser, items: readonly FinishItem[]) {
    parser.push(String(items.length));
    for (const { key } of items) parser.pushKey(key);
    for (const { token, record, ttlMs } of items) parser.push(token, record, String(ttlMs));
  },
  transformReply: (reply: unknown) => (reply as readonly unknown[]).map(isOne),
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
