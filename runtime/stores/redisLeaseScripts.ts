/**
 * Each of these is one atomic step on the leases of a group. KEYS: the sentinel of the store, a hash of leases by shard,
 * a sorted set of members by the end of their time, a hash of starts by stream. A lease is `o` (owner), `e` (epoch),
 * `x` (end of its time, ms) and `c` (checkpoint). The clock is that of Redis.
 */
const start = `
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local function get(shard)
  local text = redis.call('HGET', KEYS[2], shard)
  return text and cjson.decode(text)
end
local function put(shard, lease) redis.call('HSET', KEYS[2], shard, cjson.encode(lease)) end
local function own(member, shard, epoch)
  local lease = get(shard)
  if lease and lease.o == member and lease.e == tonumber(epoch) then return lease end
end
`;

/** member, lease in ms, then shard and epoch of each → members, then shard and lease of each, those that ran out without owner. */
export const beat = `${start}
local member, ms = ARGV[1], tonumber(ARGV[2])
redis.call('ZADD', KEYS[3], now + ms, member)
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
for i = 3, #ARGV, 2 do
  local lease = own(member, ARGV[i], ARGV[i + 1])
  if lease then
    lease.x = now + ms
    put(ARGV[i], lease)
  end
end
local all = redis.call('HGETALL', KEYS[2])
for i = 2, #all, 2 do
  local lease = cjson.decode(all[i])
  if lease.o and lease.x <= now then
    lease.o = nil
    all[i] = cjson.encode(lease)
  end
end
return { redis.call('ZRANGE', KEYS[3], 0, -1), all }
`;

/** member, lease in ms, shard → the lease, or 0 */
export const take = `${start}
local lease = get(ARGV[3]) or { e = 0, x = 0 }
if lease.o and lease.x > now then return 0 end
lease.o = ARGV[1]
lease.e = lease.e + 1
lease.x = now + tonumber(ARGV[2])
put(ARGV[3], lease)
return cjson.encode(lease)
`;

/** member, then shard, epoch and checkpoint of each → 1 or 0 for each */
export const save = `${start}
local saved = {}
for i = 2, #ARGV, 3 do
  local lease = own(ARGV[1], ARGV[i], ARGV[i + 1])
  if lease then
    lease.c = ARGV[i + 2]
    put(ARGV[i], lease)
  end
  saved[#saved + 1] = lease and 1 or 0
end
return saved
`;

/** member, then shard and epoch of each → 1 */
export const release = `${start}
for i = 2, #ARGV, 2 do
  local lease = own(ARGV[1], ARGV[i], ARGV[i + 1])
  if lease then
    lease.o = nil
    put(ARGV[i], lease)
  end
end
return 1
`;

/** member → 1 */
export const leave = `${start}
redis.call('ZREM', KEYS[3], ARGV[1])
return 1
`;

/** stream, what is proposed → what holds */
export const startOf = `${start}
redis.call('HSETNX', KEYS[4], ARGV[1], ARGV[2])
return redis.call('HGET', KEYS[4], ARGV[1])
`;

/** shards → 1 */
export const forget = `${start}
redis.call('HDEL', KEYS[2], unpack(ARGV))
return 1
`;
