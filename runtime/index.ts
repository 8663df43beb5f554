export { replayCopy } from './core/deadLetter.ts';
export { type DeadLetterFilter, deadLetterFilter } from './core/deadLetters/filter.ts';
export type { DeadLetter } from './core/deadLetters/letter.ts';
export type { DeadLetterSelection, SweepOptions, SweepReport } from './core/deadLetters/sweep.ts';
export {
  dropDeadLetters,
  type ListedDeadLetter,
  listDeadLetters,
  type ReplayOptions,
  replayDeadLetters,
} from './core/deadLetters.ts';
export * from './core/define.ts';
export { readNumber, readSetting } from './core/env.ts';
export * from './core/errors.ts';
export { headerNames } from './core/headers.ts';
export type * from './core/idempotency/store.ts';
export type * from './core/idempotency/transaction.ts';
export * from './core/inbox.ts';
export { createLogger, type Logger } from './core/log.ts';
export type { OffsetStore } from './core/offsets.ts';
export type * from './core/outbox/outbox.ts';
export type { LeaseStore } from './core/partitions/leases.ts';
export { textAt } from './core/pointer.ts';
export { runService } from './core/run.ts';
export { startService } from './core/service.ts';
export type * from './core/topology.ts';
export type * from './core/types.ts';
export { memoryStore } from './stores/memory.ts';
export { memoryLeases } from './stores/memoryLeases.ts';
export { type MemoryOutbox, memoryOutbox } from './stores/memoryOutbox.ts';
