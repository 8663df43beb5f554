"""Records in PostgreSQL 12 or newer, in the table of brokers/database/messaging.sql."""

import hashlib
from collections.abc import Sequence
from typing import Any, cast

import psycopg

from ..errors import StoreLostError, StoreUnavailableError
from ..settings import PostgresSettings
from . import Claimed

#: SHA-256 of the empty key, which no message has.
_SENTINEL = hashlib.sha256(b"").digest()

# Leases run on the clock of the database alone, as in postgres/statements.ts of the TypeScript library.
_CLAIM = """
WITH sentinel AS (SELECT FROM messaging.inbox WHERE digest = %(sentinel)s),
taken AS (
  INSERT INTO messaging.inbox AS held (digest, state, token, replay_id, expires_at)
  SELECT %(digest)s, 'busy', %(token)s, %(replay)s, clock_timestamp() + %(lease)s * interval '1 ms' FROM sentinel
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
  END,
  CASE held.state
    WHEN 'busy' THEN extract(epoch FROM held.expires_at - clock_timestamp()) * 1000
    ELSE 0
  END::float8
FROM (SELECT) AS one
LEFT JOIN messaging.inbox AS held ON held.digest = %(digest)s
"""

_RENEW = """
UPDATE messaging.inbox SET expires_at = clock_timestamp() + %s * interval '1 ms'
WHERE digest = %s AND token = %s AND state = 'busy' AND expires_at > clock_timestamp()
"""

_FINISH = """
UPDATE messaging.inbox
SET state = %(state)s, replay_id = %(replay)s,
    expires_at = coalesce(clock_timestamp() + %(ttl)s::float8 * interval '1 ms', 'infinity')
WHERE digest = %(digest)s AND token = %(token)s
  AND (state = %(state)s OR (state = 'busy' AND expires_at > clock_timestamp()))
"""

_RELEASE = """
WITH freed AS (
  DELETE FROM messaging.inbox WHERE digest = %(digest)s AND token = %(token)s AND state = 'busy' RETURNING 1
)
SELECT EXISTS (SELECT FROM freed)
  OR NOT EXISTS (SELECT FROM messaging.inbox WHERE digest = %(digest)s AND expires_at > clock_timestamp())
"""


class PostgresStore:
    def __init__(self, settings: PostgresSettings, accept_empty: bool) -> None:
        self._settings = settings
        self._accept_empty = accept_empty
        self._known: psycopg.Connection[Any] | None = None

    def open(self) -> None:
        if self._accept_empty:
            self._change(
                "INSERT INTO messaging.inbox (digest, state, token, expires_at)"
                " VALUES (%s, 'sentinel', 'sentinel', 'infinity') ON CONFLICT DO NOTHING",
                [_SENTINEL],
            )
        if not self.present():
            raise StoreLostError(
                "The idempotency store has no sentinel: it is new, or has lost its records. Accept that once it is"
                " clear that events may be handled again."
            )

    def present(self) -> bool:
        rows = self._rows("SELECT EXISTS (SELECT FROM messaging.inbox WHERE digest = %s)", [_SENTINEL])
        return bool(rows[0][0])

    def claim(self, key: str, token: str, lease_ms: int, replay_id: str) -> Claimed:
        values = {"sentinel": _SENTINEL, "digest": _digest(key), "token": token, "lease": lease_ms, "replay": replay_id}
        ((state, remaining),) = self._rows(_CLAIM, values)
        if state == "lost":
            raise StoreLostError("The idempotency store has lost its records: its sentinel is missing.")
        return Claimed(cast(Any, state), max(0.0, remaining))

    def renew(self, key: str, token: str, lease_ms: int) -> bool:
        return self._change(_RENEW, [lease_ms, _digest(key), token]) == 1

    def finish(self, key: str, token: str, dead: str | None, ttl_ms: int | None) -> bool:
        state, replay = ("done", "") if dead is None else ("dead", dead)
        values = {"digest": _digest(key), "token": token, "state": state, "replay": replay, "ttl": ttl_ms}
        return self._change(_FINISH, values) == 1

    def release(self, key: str, token: str) -> bool:
        return bool(self._rows(_RELEASE, {"digest": _digest(key), "token": token})[0][0])

    def close(self) -> None:
        if self._known is not None:
            self._known.close()

    def _rows(self, statement: str, values: Any) -> Sequence[Any]:
        return cast(Sequence[Any], self._run(statement, values).fetchall())

    def _change(self, statement: str, values: Any) -> int:
        return cast(int, self._run(statement, values).rowcount)

    def _run(self, statement: str, values: Any) -> Any:
        try:
            if self._known is None or self._known.closed:
                self._known = self._settings.connect()
            return self._known.execute(statement, values)
        except psycopg.Error as error:
            # An error that is not the server's leaves the connection in no known state: the next step makes another.
            if self._known is not None and error.sqlstate is None:
                self._known.close()
            raise StoreUnavailableError(f"PostgreSQL does not answer: {type(error).__name__}.") from error


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
