export { replayCopy } from './core/deadLetter.ts';
export {
  type DeadLetter,
  type DeadLetterSelection,
  dropDeadLetters,
  listDeadLetters,
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
export type * from './core/outbox/outbox.ts';
export { textAt } from './core/pointer.ts';
export { runService } from './core/run.ts';
export { startService } from './core/service.ts';
export type * from './core/types.ts';
export { memoryStore } from './stores/memory.ts';
export { memoryOutbox } from './stores/memoryOutbox.ts';
