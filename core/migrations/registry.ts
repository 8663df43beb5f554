import type { Migration } from './migration.ts';

/** All migrations by their format. There is none yet: format 1 is the first. */
export const migrations: readonly Migration[] = [];
