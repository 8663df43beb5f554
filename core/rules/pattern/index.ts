import type { Pack } from '../pack.ts';
import { brokerAsDatabase } from './broker-as-database.ts';
import { channelContradictsPattern } from './channel-contradicts-pattern.ts';
import { competingServicesOnQueue } from './competing-services-on-queue.ts';
import { flowPatternDeclared } from './flow-pattern-declared.ts';
import { historyNeedsStream } from './history-needs-stream.ts';
import { streamWithoutNeed } from './stream-without-need.ts';
import { topicWithoutSubscriber } from './topic-without-subscriber.ts';
import { workersReceiveCopies } from './workers-receive-copies.ts';

export const pattern = {
  'pattern/flow-pattern-declared': flowPatternDeclared,
  'pattern/channel-contradicts-pattern': channelContradictsPattern,
  'pattern/competing-services-on-queue': competingServicesOnQueue,
  'pattern/workers-receive-copies': workersReceiveCopies,
  'pattern/history-needs-stream': historyNeedsStream,
  'pattern/stream-without-need': streamWithoutNeed,
  'pattern/topic-without-subscriber': topicWithoutSubscriber,
  'pattern/broker-as-database': brokerAsDatabase,
} as const satisfies Pack;
