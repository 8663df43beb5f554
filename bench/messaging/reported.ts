import { join } from 'node:path';
import type { Program } from './program.ts';
import type { Scenario } from './scenarios.ts';
import type { ServiceId, WorkerId, Workspace } from './workspace.ts';

const baselines = join(import.meta.dirname, '..', 'baselines', 'aws');
/** Emulators are slow, and workers in Python handle four messages at a time. */
const several = { warmUp: 1_000, messages: 4_000, inFlight: 256 } as const;
const single = { warmUp: 200, messages: 800, inFlight: 1 } as const;

/** What has no budget: emulators say nothing of AWS, and Celery's own work is most of what a worker does. */
export function reported(workspace: Workspace): readonly Scenario[] {
  const own = (id: ServiceId): Program => ({ ...workspace.program(id), ...several });
  const worker = (id: WorkerId): Program => ({ ...workspace.worker(id), ...several, inFlight: 4 });
  const one = (file: string, env: Program['env'] = {}): Scenario['against'] => ({
    one: { program: { file: join(baselines, file), env, ...single } },
  });
  return [
    {
      title: 'SQS: send',
      broker: 'SQS and SNS (emulator)',
      queue: 'orders',
      role: 'send',
      own: own('sqs-send'),
      against: one('send.ts'),
    },
    {
      title: 'SQS: receive, duplicates suppressed',
      broker: 'SQS and SNS (emulator)',
      queue: 'orders',
      role: 'receive',
      own: own('sqs-once'),
      against: one('receiveOne.ts', { BENCH_GUARDED: '1' }),
    },
    {
      title: 'SNS: send',
      broker: 'SQS and SNS (emulator)',
      queue: 'letters',
      role: 'send',
      own: own('sns-send'),
      against: one('publish.ts'),
    },
    {
      title: 'Kinesis: send',
      broker: 'Kinesis (emulator)',
      role: 'send',
      own: own('kinesis-send'),
      against: one('put.ts'),
    },
    {
      title: 'Kinesis: receive, duplicates suppressed',
      broker: 'Kinesis (emulator)',
      role: 'receive',
      own: own('kinesis-once'),
      against: {},
    },
    {
      title: 'Celery over Redis: send',
      broker: 'Celery over Redis',
      role: 'send',
      own: own('lists-send'),
      against: {},
    },
    {
      title: 'Celery over Redis: receive, duplicates suppressed',
      broker: 'Celery over Redis',
      role: 'receive',
      own: worker('lists-once'),
      against: {},
    },
    {
      title: 'Celery over RabbitMQ: send',
      broker: 'Celery over RabbitMQ',
      role: 'send',
      own: own('tasks-send'),
      against: {},
    },
    {
      title: 'Celery over RabbitMQ: receive, duplicates suppressed',
      broker: 'Celery over RabbitMQ',
      role: 'receive',
      own: worker('tasks-once'),
      against: {},
    },
  ];
}
