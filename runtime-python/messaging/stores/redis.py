"""Records in Redis 6.2 or newer, which has to be durable and must not evict."""

from typing import Any, cast

import redis

from ..errors import StoreLostError, StoreUnavailableError
from ..settings import RedisSettings
from . import Claimed

# The same scripts as in stores/redisScripts.ts of the TypeScript library; a test compares them.
CLAIM = """
local known = redis.call('EXISTS', KEYS[1]) == 1
local answers = {}
for i = 2, #KEYS do
  local at = (i - 2) * 3
  local answer = -1
  if not known then
    answer = -4
  else
    local record = redis.call('GET', KEYS[i])
    if record then
      local state, token, replay = string.match(record, '^(%a+):([^:]*):?(.*)$')
      if state == 'done' then
        answer = -2
      elseif state == 'dead' and (ARGV[at + 3] == '' or replay == ARGV[at + 3]) then
        answer = -3
      elseif state == 'busy' and token ~= ARGV[at + 1] then
        answer = math.max(0, redis.call('PTTL', KEYS[i]))
      end
    end
  end
  if answer == -1 then redis.call('SET', KEYS[i], 'busy:' .. ARGV[at + 1], 'PX', ARGV[at + 2]) end
  answers[i - 1] = answer
end
return answers
"""

RENEW = """
if redis.call('GET', KEYS[1]) ~= 'busy:' .. ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""

FINISH = """
local answers = {}
for i = 1, #KEYS do
  local at = (i - 1) * 3
  local record = redis.call('GET', KEYS[i])
  if record == ARGV[at + 2] then
    answers[i] = 1
  elseif record == 'busy:' .. ARGV[at + 1] then
    redis.call('SET', KEYS[i], ARGV[at + 2], 'PX', ARGV[at + 3])
    answers[i] = 1
  else
    answers[i] = 0
  end
end
return answers
"""

RELEASE = """
local record = redis.call('GET', KEYS[1])
if not record then return 1 end
if record ~= 'busy:' .. ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
"""

_PREFIX = "loom"
_SENTINEL = f"{_PREFIX}:sentinel"
_STATES = {-1: "claimed", -2: "done", -3: "dead"}


class RedisStore:
    def __init__(self, settings: RedisSettings, accept_empty: bool) -> None:
        self._accept_empty = accept_empty
        self._client = settings.client()
        self._claim = self._client.register_script(CLAIM)
        self._renew = self._client.register_script(RENEW)
        self._finish = self._client.register_script(FINISH)
        self._release = self._client.register_script(RELEASE)

    def open(self) -> None:
        if self._accept_empty:
            self._run(lambda: self._client.set(_SENTINEL, "accepted", nx=True))
        if not self.present():
            raise StoreLostError(
                f"The idempotency store has no {_SENTINEL}: it is new, or has lost its records. Accept that once it is"
                " clear that events may be handled again."
            )

    def present(self) -> bool:
        return bool(self._run(lambda: self._client.exists(_SENTINEL)) == 1)

    def claim(self, key: str, token: str, lease_ms: int, replay_id: str) -> Claimed:
        keys, args = [_SENTINEL, _name(key)], [token, str(lease_ms), replay_id]
        (answer,) = cast(list[int], self._run(lambda: self._claim(keys=keys, args=args)))
        if answer == -4:
            raise StoreLostError(f"The idempotency store has lost its records: {_SENTINEL} is missing.")
        state = _STATES.get(answer, "busy")
        return Claimed(cast(Any, state), float(max(0, answer)))

    def renew(self, key: str, token: str, lease_ms: int) -> bool:
        return bool(self._run(lambda: self._renew(keys=[_name(key)], args=[token, lease_ms])) == 1)

    def finish(self, key: str, token: str, dead: str | None, ttl_ms: int | None) -> bool:
        if ttl_ms is None:
            raise ValueError("Redis keeps no permanent records.")
        record = f"done:{token}" if dead is None else f"dead:{token}:{dead}"
        answers = self._run(lambda: self._finish(keys=[_name(key)], args=[token, record, ttl_ms]))
        return bool(answers == [1])

    def release(self, key: str, token: str) -> bool:
        return bool(self._run(lambda: self._release(keys=[_name(key)], args=[token])) == 1)

    def close(self) -> None:
        self._client.close()

    def _run(self, step: Any) -> Any:
        try:
            return step()
        except redis.RedisError as error:
            raise StoreUnavailableError(f"Redis does not answer: {type(error).__name__}.") from error


def _name(key: str) -> str:
    return f"{_PREFIX}:{key}"
