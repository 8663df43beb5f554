/// <reference path="../messaging/glob.d.ts" />
const files = import.meta.glob('../../runtime/postgres/schema.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The tables that the messaging library keeps in a service's database. */
export const messagingSchema = (): string => Object.values(files)[0] ?? '';
