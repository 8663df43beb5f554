import type { Section } from '../../kinds/registry.ts';

/** Sections that the document shows as tables; messages and notes have parts of their own. */
type Tabled = Exclude<Section, 'messages' | 'notes'>;

/** Attributes that a reader of the document wants to see of each kind; columns that nobody has filled are left out. */
export const columns = {
  brokers: ['kind', 'version', 'nodes'],
  services: ['owner', 'replicas', 'database'],
  exchanges: ['broker', 'type', 'internal', 'alternateExchange'],
  queues: ['broker', 'type', 'role', 'maxLength', 'overflow', 'retention', 'retry', 'deadLetter'],
  topics: ['broker', 'fifo', 'retention'],
  streams: ['broker', 'partitions', 'shards', 'replication', 'minInsync', 'cleanup', 'retention'],
  bindings: ['source', 'destination', 'routingKey', 'headers'],
  subscriptions: ['topic', 'endpoint', 'filter', 'deadLetter'],
  retryPolicies: ['mode', 'maxAttempts', 'backoff', 'baseDelay', 'maxDelay', 'jitter'],
  idempotencyPolicies: ['strategy', 'store', 'ttl'],
  producers: ['service', 'channel', 'messages', 'rate', 'partitionKey', 'publishVia'],
  consumers: [
    'service',
    'channel',
    'messages',
    'idempotency',
    'retry',
    'deadLetter',
    'processing',
    'concurrency',
  ],
  flows: ['pattern', 'from', 'to', 'ordering', 'criticality', 'replayHorizon'],
  alerts: ['target', 'metric', 'threshold', 'for', 'owner'],
  waivers: ['rule', 'target', 'reason', 'owner', 'until'],
} as const satisfies Record<Tabled, readonly string[]>;

/** The tables of the document, in the order of a reader: what it is for, who takes part, what carries it, how it is kept. */
export const chapters: readonly {
  readonly title: string;
  readonly sections: readonly (keyof typeof columns)[];
}[] = [
  { title: 'Flows', sections: ['flows'] },
  { title: 'Who sends and who takes', sections: ['services', 'producers', 'consumers'] },
  {
    title: 'Channels',
    sections: ['brokers', 'exchanges', 'queues', 'topics', 'streams', 'bindings', 'subscriptions'],
  },
  { title: 'Policies', sections: ['retryPolicies', 'idempotencyPolicies'] },
  { title: 'Operation', sections: ['alerts', 'waivers'] },
];
