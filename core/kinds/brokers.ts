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
