/**
 * Why a rule reports when an attribute is changed by which it does not judge itself: by attribute and rule. Rules that
 * have a break of their own for the attribute need no reason.
 */
export const explained: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'bindings.source': {
    'rabbitmq/binding-never-matches': 'the moved binding stands at an exchange that its key never enters',
  },
  'consumers.batchSize': {
    'dlq/blocking-retry-fits-lease': 'a larger batch is held longer while one of it is retried in place',
  },
  'consumers.celery.prefetchMultiplier': {
    'celery/visibility-timeout': 'four reserved tasks together outlast the timeout',
  },
  'consumers.group': {
    'capacity/parallelism-cap': 'two services together have more members than there are partitions',
  },
  'consumers.maxPollRecords': {
    'dlq/blocking-retry-fits-lease': 'a larger poll is held longer while one of it is retried in place',
  },
  'consumers.processing.p50': {
    'capacity/hot-key': 'an hour for each message is too slow for any key',
  },
  'consumers.reclaim.minIdle': {
    'dlq/blocking-retry-fits-lease': 'the idle time is the lease of a retry in place',
  },
  'flows.maxConsumerOutage': {
    'capacity/drain-time': 'a year of messages is not worked off in two hours',
  },
  'flows.ordering': {
    'dlq/kafka-poison-blocks-partition':
      'its consumers stop at a bad record for an order that nobody relies on any more',
    'ordering/retry-reorders': 'once the flow relies on an order, its consumers must not overtake',
  },
  'producers.messages': {
    'kafka/compaction-needs-key': 'the key was that of the messages',
    'ordering/partition-key-required': 'the key was that of the messages',
  },
  'producers.rate.peak': {
    'capacity/hot-key': 'a small share of a million messages is more than one lane takes',
  },
  'queues.deadLetter': {
    'document/unknown-reference': 'an alert watched the dead-letter queue that the attribute implied',
  },
  'queues.deadLetter.routingKey': {
    'rabbitmq/binding-never-matches': 'nothing enters the dead-letter exchange with the key of its binding',
  },
  'queues.deadLetter.target': {
    'sqs/dlq-retention': 'a queue does not outlive itself',
  },
  'queues.retry.maxAttempts': {
    'dlq/blocking-retry-fits-lease': 'retries in place without end fit into no lease',
  },
  'queues.type': {
    'naming/broker-charset': 'the name of a queue says whether it is FIFO',
  },
  'queues.visibility': {
    'dlq/blocking-retry-fits-lease': 'the visibility timeout is the lease of a retry in place',
  },
  'retryPolicies.maxAttempts': {
    'dlq/blocking-retry-fits-lease': 'retries in place without end fit into no lease',
  },
  'streams.partitions': {
    'capacity/consumer-overloaded': 'one partition is worked off by fewer handlers',
    'capacity/drain-time': 'one partition is worked off by fewer handlers',
  },
};
