import { script } from './connection.ts';

const clock = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** KEYS stream, due set. ARGV delay in ms, fields. 0 where the stream is missing. The clock is that of Redis alone. */
export const schedule = script(`${clock}
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local fields = {}
for i = 2, #ARGV do fields[i - 1] = ARGV[i] end
redis.call('ZADD', KEYS[2], now + ARGV[1], cmsgpack.pack(fields))
return 1
`);

/**
 * KEYS stream, due set. ARGV most entries to move. Moves what is due into the stream; returns after how many ms the next
 * is due, or -1.
 */
export const moveDue = script(`${clock}
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[1])) do
  redis.call('XADD', KEYS[1], '*', unpack(cmsgpack.unpack(member)))
  redis.call('ZREM', KEYS[2], member)
end
local first = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
if #first == 0 then return -1 end
return math.max(0, first[2] - now)
`);

/** KEYS stream. ARGV id, most entries. How many stand behind it. */
export const countBehind = script(`
return #redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
`);

/** KEYS stream. ARGV group, consumer, ids in order. Says that the consumer is at work on them; returns those it has lost. */
export const refresh = script(`
local group, consumer = ARGV[1], ARGV[2]
local mine = {}
for _, entry in ipairs(redis.call('XPENDING', KEYS[1], group, ARGV[3], ARGV[#ARGV], 10000, consumer)) do
  mine[entry[1]] = true
end
local kept, lost = {}, {}
for i = 3, #ARGV do table.insert(mine[ARGV[i]] and kept or lost, ARGV[i]) end
if #kept > 0 then
  table.insert(kept, 'JUSTID')
  redis.call('XCLAIM', KEYS[1], group, consumer, 0, unpack(kept))
end
return lost
`);

/**
 * KEYS stream. ARGV group, consumer, least idle time in ms, cursor, most entries. Takes over what nobody has spoken of for
 * so long. Returns the next cursor, and entries with how often each was handed out.
 */
export const takeOver = script(`
local found = redis.call('XAUTOCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4], 'COUNT', ARGV[5])
local entries = {}
for _, entry in ipairs(found[2]) do
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], entry[1], entry[1], 1)
  table.insert(entries, { entry[1], entry[2], pending[1] and pending[1][4] or 0 })
end
return { found[1], entries }
`);

/** KEYS stream, dead-letter stream. ARGV group, id, fields of the dead letter. 0 where the latter is missing. */
export const bury = script(`
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
local fields = {}
for i = 3, #ARGV do fields[i - 2] = ARGV[i] end
redis.call('XADD', KEYS[2], '*', unpack(fields))
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return 1
`);

/**
 * KEYS stream. ARGV group, consumer, who keeps what nobody has, how long that counts as idle. Gives back everything the
 * consumer holds, so that the next to look takes it over, and leaves the group.
 */
export const leave = script(`
while true do
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 500, ARGV[2])
  if #pending == 0 then break end
  local claim = {}
  for _, entry in ipairs(pending) do table.insert(claim, entry[1]) end
  for _, word in ipairs({ 'IDLE', ARGV[4], 'JUSTID' }) do table.insert(claim, word) end
  redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, unpack(claim))
end
return redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
`);

/**
 * KEYS stream. ARGV most entries, or -1 for none but what is still needed. Removes from the front, and never what a group
 * has still to read or to acknowledge: below Redis 8.2 there is no ACKED for XTRIM to do so.
 */
export const trim = script(`
local groups = redis.call('XINFO', 'GROUPS', KEYS[1])
if #groups == 0 then return 0 end
local excess = -1
if ARGV[1] ~= '-1' then
  excess = redis.call('XLEN', KEYS[1]) - ARGV[1]
  if excess <= 0 then return 0 end
end
local ms, sequence
for _, group in ipairs(groups) do
  local about = {}
  for i = 1, #group, 2 do about[group[i]] = group[i + 1] end
  local pending = redis.call('XPENDING', KEYS[1], about['name'])
  local id = pending[1] > 0 and pending[2] or about['last-delivered-id']
  local idMs, idSequence = string.match(id, '^(%d+)-(%d+)$')
  idMs, idSequence = tonumber(idMs), tonumber(idSequence)
  if pending[1] == 0 then idSequence = idSequence + 1 end
  if not ms or idMs < ms or (idMs == ms and idSequence < sequence) then ms, sequence = idMs, idSequence end
end
local floor = string.format('%.0f-%.0f', ms, sequence)
if excess < 0 then return redis.call('XTRIM', KEYS[1], 'MINID', '~', floor) end
return redis.call('XTRIM', KEYS[1], 'MINID', '~', floor, 'LIMIT', excess)
`);

/** KEYS lease. ARGV token, length in ms. 1: it is ours, for that long. */
export const activate = script(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`);

/** KEYS lease. ARGV token. */
export const stepDown = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`);

/**
 * KEYS lease, streams. ARGV token, group, consumer, most entries of each stream. Reads only while the lease holds: a
 * blocked XREADGROUP of a member that has stopped would take entries that the next one is to handle in order.
 */
export const readAsActive = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local call = { 'XREADGROUP', 'GROUP', ARGV[2], ARGV[3], 'COUNT', ARGV[4], 'STREAMS' }
for i = 2, #KEYS do table.insert(call, KEYS[i]) end
for i = 2, #KEYS do table.insert(call, '>') end
return redis.call(unpack(call)) or {}
`);
