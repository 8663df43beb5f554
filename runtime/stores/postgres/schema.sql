-- What the messaging library keeps in a service's database. PostgreSQL 12 or newer; encoding UTF8.
-- May be applied again: what exists is not changed.
CREATE SCHEMA IF NOT EXISTS messaging;

-- Who has handled what. The digest is SHA-256 of the idempotency key, so that keys of any length cost the same.
-- The row whose token is 'sentinel' says that the table has its records; without it every claim is refused.
CREATE TABLE IF NOT EXISTS messaging.inbox (
  digest bytea PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('busy', 'done', 'dead', 'sentinel')),
  token text NOT NULL,
  replay_id text NOT NULL DEFAULT '',
  expires_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS inbox_expires_at ON messaging.inbox (expires_at);
