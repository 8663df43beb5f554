"""The right to handle one message, renewed for as long as the work lasts."""

import threading
import time
from collections.abc import Callable

from .definitions import Idempotency
from .errors import StoreUnavailableError
from .stores import Store


class Claim:
    """Made once the store has granted it. Used as a context: at its end the renewal stops and what is held is freed."""

    def __init__(
        self, store: Store, policy: Idempotency, key: str, token: str, asked_at: float, on_failure: Callable[[], None]
    ) -> None:
        self._store = store
        self._policy = policy
        self._key = key
        self._token = token
        self._on_failure = on_failure
        self._settled = False
        self._ended = threading.Event()
        # It may have begun any time since it was asked for, so it is counted from there.
        self._expires_at = asked_at + policy.lease_ms / 1000
        #: Set when the right is gone: another holds it, the store has lost it, or it could not be renewed in time.
        self.lost = threading.Event()
        self._renewal = threading.Thread(target=self._renew, name="claim", daemon=True)

    def __enter__(self) -> "Claim":
        self._renewal.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._settled:
            return
        try:
            # The store compares the token, so this cannot free the claim of another.
            self._store.release(self._key, self._token)
        except StoreUnavailableError:
            pass

    def done(self) -> bool:
        """False: the claim is lost and nothing may follow. Repeats until the store answers or the lease runs out."""
        policy = self._policy
        return self._settle(lambda: self._store.finish(self._key, self._token, None, policy.done_ttl_ms))

    def dead(self, replay_id: str) -> bool:
        policy = self._policy
        return self._settle(lambda: self._store.finish(self._key, self._token, replay_id, policy.dead_ttl_ms))

    def release(self) -> bool:
        return self._settle(lambda: self._store.release(self._key, self._token))

    def _settle(self, step: Callable[[], bool]) -> bool:
        while not self.lost.is_set():
            try:
                kept = step()
            except StoreUnavailableError:
                self._on_failure()
                self.lost.wait(0.2)
                continue
            self._settled = True
            self._ended.set()
            return kept
        return False

    def _renew(self) -> None:
        lease = self._policy.lease_ms / 1000
        wait = lease / 3
        while not self._ended.wait(wait):
            asked_at = time.monotonic()
            try:
                renewed = self._store.renew(self._key, self._token, self._policy.lease_ms)
            except StoreUnavailableError:
                self._on_failure()
                # Without an answer the expiry stands, and the next question comes sooner.
                wait = lease / 10
                renewed = time.monotonic() < self._expires_at
            else:
                wait = lease / 3
                self._expires_at = asked_at + lease
            if not renewed and not self._ended.is_set():
                self.lost.set()
                return


class FreeClaim:
    """No store: every delivery may be handled."""

    def __init__(self) -> None:
        self.lost = threading.Event()

    def __enter__(self) -> "FreeClaim":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def done(self) -> bool:
        return True

    def dead(self, replay_id: str) -> bool:
        return True

    def release(self) -> bool:
        return True
