import { logDeadLetters } from '../services/logChannels.ts';
import { logConsumers } from '../services/logConsumer.ts';
import { plainGroup } from '../services/logNames.ts';
import { planRetry } from './retry.ts';
import { consumerRefusals } from './settings.ts';
import { shardsOf } from './streams.ts';

/** Enough to keep handlers busy between two reads, few enough to be drained within the grace time of a shutdown. */
const PREFETCH = 256;

export const planConsumer = logConsumers({
  log: 'stream of Kinesis',
  message: 'a record',
  isSplit: (stream) => shardsOf(stream) !== 1,
  split: 'a stream of several shards',
  unsplit: 'mode: provisioned and partitions: 1',
  refusals: consumerRefusals,
  groupProblem: plainGroup,
  deadLetters: logDeadLetters({
    missing: 'has no dead-letter stream, so a record that cannot be processed would block its shard.',
    reason: 'written and confirmed before the checkpoint moves past the original',
  }),
  retries: planRetry,
  prefetch: () => ({ value: PREFETCH, reason: 'records held at once; while they are, no more are read' }),
  needsStore: {
    why: 'it has no store: the shards of Kinesis are leased in one, and how far they are read is kept there, since Kinesis itself keeps neither.',
    hint: 'Give it an idempotency policy with the strategy key-store or transactional-inbox; its Redis or PostgreSQL keeps the leases too.',
  },
});
