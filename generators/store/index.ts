import type { ComposeService } from '../broker.ts';
import { images } from '../compose/images.ts';
import { redisHealthcheck, redisVolumes } from '../compose/redis.ts';
import { jsonFile } from '../kit/json.ts';
import type { Output } from '../kit/output.ts';
import { ACCEPT_RULES, startScript } from './firstStart.ts';

/** The Redis that remembers which messages have been handled. */
export interface StorePlan {
  readonly id: 'store';
  readonly env: 'STORE';
  /** Services that keep records in it, sorted. */
  readonly users: readonly string[];
}

export const planStore = (users: readonly string[]): StorePlan => ({
  id: 'store',
  env: 'STORE',
  users: [...users].sort(),
});

export const storeUrl = (host: string): string => `redis://${host}:6379`;

/** https://redis.io/docs/latest/operate/oss_and_stack/management/config */
const CONFIGURATION = `# Records survive a restart; at most the last second is lost in a crash.
appendonly yes
appendfsync everysec
# A full store must refuse, not forget: an evicted record would let an effect happen twice.
maxmemory 512mb
maxmemory-policy noeviction
# Users and password hashes of this machine, made by npm run setup.
aclfile /etc/redis/users.acl
`;

export function emitStore({ id, users }: StorePlan, out: Output): void {
  out.add(`brokers/${id}/redis.conf`, CONFIGURATION);
  // https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl; @dangerous holds FLUSHALL, KEYS, CONFIG.
  out.add(
    `brokers/${id}/users.json`,
    jsonFile({
      users: [
        ...users.map((name) => ({ name, rules: '~* +@all -@dangerous' })),
        { name: 'operator', rules: ACCEPT_RULES },
      ],
    }),
  );
}

export const composeStore = ({ id }: StorePlan): ComposeService => ({
  image: images.redis,
  command: ['sh', '-c', startScript('/data', 'docker-entrypoint.sh redis-server /etc/redis/redis.conf')],
  ports: ['127.0.0.1:6379:6379'],
  volumes: redisVolumes(id),
  healthcheck: redisHealthcheck,
});
