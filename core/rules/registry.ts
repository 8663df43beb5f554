import { capacity } from './capacity/index.ts';
import { celery } from './celery/index.ts';
import { dlq } from './dlq/index.ts';
import { idempotency } from './idempotency/index.ts';
import { kafka } from './kafka/index.ts';
import { kinesis } from './kinesis/index.ts';
import { monitoring } from './monitoring/index.ts';
import { naming } from './naming/index.ts';
import { ordering } from './ordering/index.ts';
import { pattern } from './pattern/index.ts';
import { rabbitmq } from './rabbitmq/index.ts';
import { redis } from './redis/index.ts';
import { retention } from './retention/index.ts';
import { schema } from './schema/index.ts';
import { security } from './security/index.ts';
import { sns } from './sns/index.ts';
import { sqs } from './sqs/index.ts';

/** Every rule by its id, in the order of the packs. A rule that is missing here does not run. */
export const rules = {
  ...pattern,
  ...idempotency,
  ...dlq,
  ...ordering,
  ...retention,
  ...capacity,
  ...monitoring,
  ...schema,
  ...naming,
  ...security,
  ...kafka,
  ...rabbitmq,
  ...sqs,
  ...sns,
  ...kinesis,
  ...redis,
  ...celery,
} as const;

export type RuleId = keyof typeof rules;
