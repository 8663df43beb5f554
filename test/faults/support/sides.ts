import type { Broker } from '../../brokers/support/broker.ts';
import type { ProbeBroker } from '../matrix/fault.ts';
import type { Workspace } from '../workspace.ts';
import { celeryRabbitSide } from './celeryRabbitSide.ts';
import { celerySide } from './celerySide.ts';
import { kafkaSide } from './kafkaSide.ts';
import { kinesisSide } from './kinesisSide.ts';
import type { Side } from './probe.ts';
import { rabbitSide } from './rabbitSide.ts';
import { redisSide } from './redisSide.ts';
import { sqsSide } from './sqsSide.ts';

/** How each broker of the matrix is set up for a workspace. */
export const sides = {
  rabbitmq: rabbitSide,
  kafka: kafkaSide,
  kinesis: kinesisSide,
  redis: redisSide,
  celery: celerySide,
  'celery-rabbitmq': celeryRabbitSide,
  sqs: sqsSide,
} as const satisfies Readonly<Record<ProbeBroker, (workspace: Workspace, store: Broker) => Promise<Side>>>;
