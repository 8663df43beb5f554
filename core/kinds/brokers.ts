/** Brokers that a design may use. */
export const brokerKinds = ['kafka', 'rabbitmq', 'sqs', 'sns', 'kinesis', 'redis', 'celery'] as const;
export type BrokerKind = (typeof brokerKinds)[number];

export const brokerLabels: Readonly<Record<BrokerKind, string>> = {
  kafka: 'Kafka',
  rabbitmq: 'RabbitMQ',
  sqs: 'SQS',
  sns: 'SNS',
  kinesis: 'Kinesis',
  redis: 'Redis Streams',
  celery: 'Celery',
};

/** Brokers as a sentence lists them: `Kafka`, `SQS and SNS`, `Kafka, SQS and SNS`. */
export function brokerList(brokers: Iterable<BrokerKind>): string {
  const names = [...brokers].map((kind) => brokerLabels[kind]);
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
