import { bool, duration, int, object, oneOf } from '../attribute.ts';
import { sources } from '../sources.ts';

const esmParts = {
  maxRetryAttempts: int({
    min: -1,
    max: 10_000,
    unit: 'retries',
    doc: 'Retries of a failed batch; -1, the default of Lambda, stops the shard until the records expire.',
    default: { value: 5, why: 'a poisoned record must not block its shard' },
    source: sources.kinesisLambda,
  }),
  maxRecordAge: duration({
    doc: 'Age beyond which a record is no longer retried.',
    source: sources.kinesisLambda,
  }),
  bisect: bool({
    doc: 'Whether a failed batch is halved until the bad record is alone.',
    default: { value: true, why: 'the good records of the batch go on' },
    source: sources.kinesisLambda,
  }),
  onFailure: oneOf(['dead-letter', 'none'], {
    doc: 'Whether records that are given up go to the dead-letter target.',
    default: { value: 'dead-letter', why: 'otherwise they are gone' },
    source: sources.kinesisLambda,
  }),
  parallelizationFactor: int({
    min: 1,
    max: 10,
    unit: 'batches',
    doc: 'Batches of one shard that are worked on at once; order holds for each key.',
    default: { value: 1, why: 'default of Lambda' },
    source: sources.kinesisLambda,
  }),
} as const;

/** What only consumers of SQS and Kinesis have, with and without Lambda. */
export const awsAttributes = {
  batchSize: int({
    min: 1,
    max: 10_000,
    group: 'Delivery',
    unit: 'messages',
    doc: 'Messages that are received at once; at most 10 on SQS without Lambda.',
    default: { value: '10 on SQS, 100 on Kinesis and Redis Streams', why: 'fewer requests' },
    brokers: ['sqs', 'kinesis', 'redis'],
    source: sources.sqsQuotas,
  }),
  heartbeat: bool({
    group: 'Delivery',
    doc: 'Whether a handler that runs on extends the visibility timeout.',
    default: { value: false, why: 'a visibility timeout that is long enough needs none' },
    brokers: ['sqs'],
    source: sources.sqsQuotas,
  }),
  functionTimeout: duration({
    group: 'Capacity',
    doc: 'Timeout of the Lambda function; the visibility timeout should be six times as long.',
    brokers: ['sqs', 'kinesis'],
    source: sources.lambdaSqs,
  }),
  reportBatchItemFailures: bool({
    group: 'Failure',
    doc: 'Whether a Lambda function names the messages that failed, so that only they return.',
    default: { value: true, why: 'otherwise the whole batch is processed again' },
    brokers: ['sqs', 'kinesis'],
    source: sources.lambdaRetry,
  }),
  efo: bool({
    group: 'Capacity',
    doc: 'Enhanced fan-out: 2 MB/s of each shard for this consumer alone.',
    default: { value: false, why: 'two consumers share a shard well' },
    brokers: ['kinesis'],
    source: sources.kinesisEfo,
  }),
  esm: object(esmParts, {
    group: 'Failure',
    doc: 'Event source mapping of a Lambda function on a Kinesis stream.',
    brokers: ['kinesis'],
    source: sources.kinesisLambda,
  }),
} as const;
