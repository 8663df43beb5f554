/**
 * Each of these is one atomic step. Leases run on the database's clock alone: `clock_timestamp()` is read when a row is
 * looked at, also after waiting for its lock, while `now()` would be the start of the transaction
 * (https://www.postgresql.org/docs/current/functions-datetime.html#FUNCTIONS-DATETIME-CURRENT).
 * A row that another transaction is just writing is waited for and looked at again
 * (https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED).
 */

const after = (parameter: string) => `clock_timestamp() + ${parameter}::float8 * interval '1 ms'`;

/** SHA-256 of the empty key, which no message has. */
export const sentinelDigest = `'\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'::bytea`;

export const present = {
  name: 'loom_present',
  text: `SELECT EXISTS (SELECT FROM messaging.inbox WHERE digest = ${sentinelDigest}) AS present`,
};

export const accept = {
  name: 'loom_accept',
  text: `INSERT INTO messaging.inbox (digest, state, token, expires_at)
         VALUES (${sentinelDigest}, 'sentinel', 'sentinel', 'infinity') ON CONFLICT DO NOTHING`,
};

/**
 * digest, token, lease in ms, replay id → state and remaining ms. The state comes from the statement's snapshot: a row
 * that appeared since is reported as busy for 0 ms, and asked for again.
 */
export const claim = {
  name: 'loom_claim',
  text: `
WITH sentinel AS (SELECT FROM messaging.inbox WHERE digest = ${sentinelDigest}),
taken AS (
  INSERT INTO messaging.inbox AS held (digest, state, token, replay_id, expires_at)
  SELECT $1::bytea, 'busy', $2::text, $4::text, ${after('$3')} FROM sentinel
  ON CONFLICT (digest) DO UPDATE
  SET state = 'busy', token = excluded.token, replay_id = excluded.replay_id, expires_at = excluded.expires_at
  WHERE held.expires_at <= clock_timestamp()
     OR (held.state = 'busy' AND held.token = excluded.token)
     OR (held.state = 'dead' AND excluded.replay_id NOT IN ('', held.replay_id))
  RETURNING 1
)
SELECT
  CASE
    WHEN NOT EXISTS (SELECT FROM sentinel) THEN 'lost'
    WHEN EXISTS (SELECT FROM taken) THEN 'claimed'
    ELSE coalesce(held.state, 'busy')
  END AS state,
  CASE held.state
    WHEN 'busy' THEN extract(epoch FROM held.expires_at - clock_timestamp()) * 1000
    ELSE 0
  END::float8 AS remaining_ms
FROM (SELECT) AS one
LEFT JOIN messaging.inbox AS held ON held.digest = $1`,
};

/** digest, token, lease in ms */
export const renew = {
  name: 'loom_renew',
  text: `UPDATE messaging.inbox SET expires_at = ${after('$3')}
         WHERE digest = $1 AND token = $2 AND state = 'busy' AND expires_at > clock_timestamp()`,
};

/** digest, token, state, replay id, ms to keep it or null for good. Repeating it finds its own mark, and says yes again. */
export const finish = {
  name: 'loom_finish',
  text: `UPDATE messaging.inbox
         SET state = $3, replay_id = $4, expires_at = coalesce(${after('$5')}, 'infinity')
         WHERE digest = $1 AND token = $2
           AND (state = $3 OR (state = 'busy' AND expires_at > clock_timestamp()))`,
};

/** digest, token */
export const release = {
  name: 'loom_release',
  text: `
WITH freed AS (DELETE FROM messaging.inbox WHERE digest = $1 AND token = $2 AND state = 'busy' RETURNING 1)
SELECT EXISTS (SELECT FROM freed)
  OR NOT EXISTS (SELECT FROM messaging.inbox WHERE digest = $1 AND expires_at > clock_timestamp()) AS released`,
};

/** Forgets some of what has expired. Rows that somebody is at work on are left for the next time. */
export const sweep = {
  name: 'loom_sweep',
  text: `
DELETE FROM messaging.inbox WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM messaging.inbox WHERE expires_at < clock_timestamp() LIMIT 1000 FOR UPDATE SKIP LOCKED
))`,
};
