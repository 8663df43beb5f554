export * from './core/define.ts';
export * from './core/errors.ts';
export * from './core/idempotency/store.ts';
export { createLogger, type Logger } from './core/log.ts';
export type * from './core/types.ts';
