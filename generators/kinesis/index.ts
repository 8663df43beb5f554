import { composeEmulator } from '../aws/emulator.ts';
import { defineBroker } from '../broker.ts';
import { emitKinesis } from './emit.ts';
import { kinesalite } from './emulator.ts';
import { monitorKinesis } from './monitoring.ts';
import { planKinesis } from './plan.ts';

export const kinesis = {
  ...defineBroker({
    id: 'kinesis',
    label: 'Kinesis',
    supports: { exchanges: 'unsupported', queues: 'unsupported', topics: 'unsupported', streams: 'native' },
    notes: {
      sending:
        'a record is confirmed once Kinesis has stored it. A batch may be taken in part: what was refused is sent again, and of each key one record at a time is under way, so that nothing overtakes it. A lost answer makes a copy with the same event id.',
      receiving:
        'the processes of a group share the shards by leases in the idempotency store, where it also keeps how far each shard is handled. A crash repeats the records behind the first that was not settled.',
      cluster:
        'run `npm run topology -- apply` with the rights to make streams and without the setting `_EMULATOR` of `.env`. Services need `kinesis:DescribeStreamSummary`, `PutRecords`, `ListShards`, `GetShardIterator` and `GetRecords` on their streams, and `ListStreams`.',
    },
    plan: planKinesis,
    emit: emitKinesis,
    compose: (plan) => composeEmulator(kinesalite, plan),
    monitor: monitorKinesis,
  }),
  id: 'kinesis',
} as const;
