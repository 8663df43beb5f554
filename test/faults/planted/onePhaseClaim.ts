import { crashWithClaim } from '../matrix/17-crash-with-claim.ts';
import type { PlantedBug } from './bug.ts';

/** `SET key NX` before the work, deleted when it fails: as many idempotency guards are written. */
export const onePhaseClaim: PlantedBug = {
  title: 'one-phase claim: marked as done before the effect, without a lease',
  consequence: 'what a killed process had at work is taken for a duplicate when it comes again',
  breaks: 'L',
  workspace: 'key-store',
  scenario: crashWithClaim,
  patches: [
    {
      file: 'stores/redisScripts.ts',
      search: "redis.call('SET', KEYS[i], 'busy:' .. ARGV[at + 1], 'PX', ARGV[at + 2])",
      replacement: "redis.call('SET', KEYS[i], 'done:' .. ARGV[at + 1])",
    },
    {
      file: 'stores/redisScripts.ts',
      search:
        "if redis.call('GET', KEYS[1]) ~= 'busy:' .. ARGV[1] then return 0 end\nreturn redis.call('PEXPIRE', KEYS[1], ARGV[2])",
      replacement: 'return 1',
    },
    {
      file: 'stores/redisScripts.ts',
      search: "elseif record == 'busy:' .. ARGV[at + 1] then",
      replacement: "elseif record == 'done:' .. ARGV[at + 1] then",
    },
    {
      file: 'stores/redisScripts.ts',
      search: "if record ~= 'busy:' .. ARGV[1] then return 0 end\nreturn redis.call('DEL'",
      replacement: "if record ~= 'done:' .. ARGV[1] then return 0 end\nreturn redis.call('DEL'",
    },
  ],
};
