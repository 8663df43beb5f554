export type { PostgresConfig } from './config.ts';
export { postgresLeases, postgresLeasesFromEnv } from './leases.ts';
export { type PostgresOutbox, postgresOutbox, postgresOutboxFromEnv } from './outbox.ts';
export { type PostgresStore, postgresStore, postgresStoreFromEnv } from './store.ts';
