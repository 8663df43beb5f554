"""Kombu's transport over Redis, without two of its gaps.

Kombu takes a message with BRPOP and notes it as not acknowledged in a second step; a process that is killed between the
two has lost it. Here one script does both. What waits for a message moves the tail of the list onto itself, which
changes nothing and blocks while the list is empty.

Kombu also keeps the place of a message whose acknowledgement fails with the connection, although the place is free; see QoS.
https://github.com/celery/kombu/blob/v5.7.0/kombu/transport/redis.py
"""

import json
from queue import Empty
from time import monotonic, time
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, virtual
from kombu.transport import redis as kombu_redis
from kombu.utils.encoding import bytes_to_str

# KEYS: the hash and the index of what is not acknowledged, then lists in the order of their priority.
# ARGV: the time, then for each list its queue and the queue of its dead letters.
# What is no message of kombu cannot be handed out: it becomes a dead letter as it is.
_TAKE = """
for i = 3, #KEYS do
  local entry = redis.call('RPOP', KEYS[i])
  while entry do
    local queue, dead = ARGV[2 * i - 4], ARGV[2 * i - 3]
    local read, message = pcall(cjson.decode, entry)
    local properties = read and type(message) == 'table' and message['properties']
    local tag = type(properties) == 'table' and properties['delivery_tag']
    if type(tag) == 'string' then
      redis.call('ZADD', KEYS[2], ARGV[1], tag)
      redis.call('HSET', KEYS[1], tag, '[' .. entry .. ',"",' .. cjson.encode(queue) .. ']')
      return {KEYS[i], entry}
    end
    redis.call('LPUSH', dead, entry)
    entry = redis.call('RPOP', KEYS[i])
  end
end
return false
"""

#: Seconds. Only the list of the first key wakes the wait, so the others are looked at this often.
_WAIT = 0.25


class QoS(kombu_redis.QoS):  # type: ignore[misc]
    """Frees the place of a message even where Redis could not be told that it is settled.

    It is handed out again after the visibility timeout. While every place is taken nothing is read, so a worker that kept
    them would not even see that its connection is lost, and take no task ever again.
    """

    def ack(self, delivery_tag: str) -> None:
        try:
            super().ack(delivery_tag)
        finally:
            virtual.QoS.ack(self, delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        try:
            super().reject(delivery_tag, requeue)
        finally:
            virtual.QoS.ack(self, delivery_tag)


class Channel(kombu_redis.Channel):  # type: ignore[misc]
    QoS = QoS
    #: Queue of the dead letters by queue.
    dead_letters: dict[str, str] = {}
    from_transport_options = (*kombu_redis.Channel.from_transport_options, "dead_letters")
    _waits = False

    def _brpop_start(self, timeout: float | None = None) -> None:
        queues = self._queue_cycle.consume(len(self.active_queues))
        if not queues:
            return
        lists = [(self._q_for_pri(queue, step), queue) for step in self.priority_steps for queue in queues]
        self._in_poll = self.client.connection
        self._brpop_sent_at = monotonic()
        if self._waits:
            first = lists[0][0]
            self.client.connection.send_command("BLMOVE", first, first, "RIGHT", "RIGHT", _WAIT)
            return
        keys = [self.unacked_key, self.unacked_index_key, *(key for key, _ in lists)]
        args = [part for _, queue in lists for part in (queue, self.dead_letters.get(queue, f"{queue}.dlq"))]
        self.client.connection.send_command("EVAL", _TAKE, len(keys), *keys, time(), *args)

    def _brpop_read(self, **options: Any) -> bool:
        waited = self._waits
        self._waits = False
        try:
            try:
                reply = self.client.parse_response(self.client.connection, "EVAL", **options)
            except self.connection_errors:
                # The next round connects again.
                self.client.connection.disconnect()
                raise
            if waited:
                raise Empty
            if not reply:
                self._waits = True
                raise Empty
            key, entry = reply
            queue = bytes_to_str(key).rsplit(self.sep, 1)[0]
            self._queue_cycle.rotate(queue)
            self.connection._deliver(json.loads(bytes_to_str(entry)), queue)
            return True
        finally:
            self._in_poll = None
            self._flush_brpop_reauth()


class Transport(kombu_redis.Transport):  # type: ignore[misc]
    Channel = Channel


TRANSPORT_ALIASES["loomredis"] = "messaging.lists:Transport"
