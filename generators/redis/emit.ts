import { formatDuration } from '../../core/units.ts';
import { jsonFile } from '../kit/json.ts';
import { code, plain, table } from '../kit/markdown.ts';
import type { Output } from '../kit/output.ts';
import type { RedisPlan } from './plan.ts';
import type { StreamPlan } from './streams.ts';
import { OPERATOR } from './users.ts';

export function emitRedis(plan: RedisPlan, out: Output): void {
  const folder = `brokers/${plan.id}`;
  out.add(`${folder}/streams.json`, jsonFile({ topics: plan.streams.map(declarationOf) }));
  out.add(`${folder}/users.json`, jsonFile({ users: plan.users }));
  out.add(`${folder}/redis.conf`, configuration(plan));
  out.add(`${folder}/README.md`, readme(plan));
}

const declarationOf = ({ reasons: _, groups, ...stream }: StreamPlan) => ({
  ...stream,
  ...(groups.length > 0 ? { groups } : {}),
});

/** https://redis.io/docs/latest/operate/oss_and_stack/management/config */
const configuration = ({ fsync, maxmemory }: RedisPlan): string => `# ${
  fsync === 'always'
    ? 'What is confirmed is on disk.'
    : 'Entries survive a restart; a crash of the machine may lose those that were confirmed in the last second.'
}
appendonly yes
appendfsync ${fsync}
# A full Redis must refuse, not forget: producers get an error, and go on once consumers have made room.
maxmemory ${maxmemory}
maxmemory-policy noeviction
# Users and password hashes of this machine, made by npm run setup.
aclfile /etc/redis/users.acl
`;

const readme = ({ id, streams, users, redisConsumers }: RedisPlan): string =>
  [
    `# Redis ${code(id)}`,
    '',
    `${code('streams.json')} holds the streams and their groups. ${code('npm run topology -- apply')} adds what is missing and changes nothing that exists; ${code('npm run topology -- verify')} tells what differs. The compose file does the first at the start. What was declared is noted in the hash ${code('loom:streams')}, where services look for it.`,
    '',
    `One user for each service, for the keys of its own streams: ${users.map(({ name }) => code(name)).join(', ')}. ${code(OPERATOR)} is for people and tools. Passwords are in no file here; ${code('npm run setup')} makes them.`,
    '',
    '## Streams',
    '',
    ...table(
      ['Stream', 'Keys', 'Why'],
      streams.map(({ name, partitions, reasons }) => [code(name), String(partitions), reasons.join('<br>')]),
    ),
    '',
    '## Groups',
    '',
    ...table(
      [
        'Consumer',
        'Group',
        'Reads',
        'Order',
        'Failures',
        'Taken over after',
        'Given up after',
        'Dead letters',
      ],
      redisConsumers.map(({ plan, group }) => [
        code(plan.id),
        code(group.name),
        `${code(plan.topic)}<br>${code(plan.retryTopic)}`,
        plain(
          group.singleActive
            ? `${plan.ordering.value}: ${plan.ordering.reason}; one process works, others stand by`
            : 'none promised',
        ),
        plain(plan.retry.reason),
        plain(formatDuration(group.minIdleMs)),
        `${group.backstop.maxDeliveries} deliveries`,
        code(group.backstop.deadLetter),
      ]),
    ),
    '',
    'Entries that a process has read and not acknowledged stay its own while it says so. When it dies, another takes them over after the time above; how often an entry was handed out also counts crashes, so the limit is far above the attempts.',
    '',
  ].join('\n');
