import type { Pack } from '../pack.ts';
import { acksAll } from './acks-all.ts';
import { compactionNeedsKey } from './compaction-needs-key.ts';
import { groupPerService } from './group-per-service.ts';
import { idempotentProducer } from './idempotent-producer.ts';
import { manualCommit } from './manual-commit.ts';
import { maxPollInterval } from './max-poll-interval.ts';
import { minInsyncReplicas } from './min-insync-replicas.ts';
import { replicationFactor } from './replication-factor.ts';

export const kafka = {
  'kafka/replication-factor': replicationFactor,
  'kafka/min-insync-replicas': minInsyncReplicas,
  'kafka/acks-all': acksAll,
  'kafka/idempotent-producer': idempotentProducer,
  'kafka/manual-commit': manualCommit,
  'kafka/max-poll-interval': maxPollInterval,
  'kafka/group-per-service': groupPerService,
  'kafka/compaction-needs-key': compactionNeedsKey,
} as const satisfies Pack;
