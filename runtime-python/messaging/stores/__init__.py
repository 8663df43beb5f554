"""Who has handled what. Records are shared with the TypeScript library: either sees the other's marks."""

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class Claimed:
    """What a claim found, and how long the lease of another owner still runs."""

    state: Literal["claimed", "busy", "done", "dead"]
    remaining_ms: float = 0.0


class Store(Protocol):
    """Each method is one atomic step and may be repeated with the same token. All raise StoreUnavailableError."""

    def open(self) -> None:
        """Raises StoreLostError when the sentinel is missing and nobody has accepted an empty store."""

    def present(self) -> bool:
        """Whether the sentinel is there."""

    def claim(self, key: str, token: str, lease_ms: int, replay_id: str) -> Claimed: ...

    def renew(self, key: str, token: str, lease_ms: int) -> bool:
        """False: the claim is no longer this token's."""

    def finish(self, key: str, token: str, dead: str | None, ttl_ms: int | None) -> bool:
        """busy(token) → done, or dead in the given replay. False: the claim is lost. No time to live: for good."""

    def release(self, key: str, token: str) -> bool: ...

    def close(self) -> None: ...
