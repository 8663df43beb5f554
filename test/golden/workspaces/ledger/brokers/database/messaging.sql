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

-- Messages that wait for the broker, written in the transactions that they tell of, and deleted once confirmed.
CREATE TABLE IF NOT EXISTS messaging.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  service text NOT NULL,
  producer text NOT NULL,
  lane text NOT NULL,
  shard smallint NOT NULL,
  destination json NOT NULL,
  headers json NOT NULL,
  properties json NOT NULL,
  body bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (
  -- Rows come and go: what is deleted must not pile up in front of what is to be sent.
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000
);
CREATE INDEX IF NOT EXISTS outbox_service_id ON messaging.outbox (service, id);

-- Who reads which shard of a Kinesis stream, and how far it has got. The epoch rises with each owner; what comes under
-- an older one is refused.
CREATE TABLE IF NOT EXISTS messaging.leases (
  "group" text NOT NULL,
  shard text NOT NULL,
  owner text,
  epoch bigint NOT NULL,
  expires_at timestamptz NOT NULL,
  checkpoint text,
  PRIMARY KEY ("group", shard)
);

-- Members of the groups, each until it has not been heard of for the time of a lease.
CREATE TABLE IF NOT EXISTS messaging.lease_members (
  "group" text NOT NULL,
  member text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY ("group", member)
);

-- Where each group begins in a stream: the first word holds.
CREATE TABLE IF NOT EXISTS messaging.lease_starts (
  "group" text NOT NULL,
  stream text NOT NULL,
  start text NOT NULL,
  PRIMARY KEY ("group", stream)
);
