"""When a failed message is tried again."""

import random

from .definitions import Retry
from .errors import NonRetryableError, ValidationError


def is_non_retryable(policy: Retry, error: BaseException) -> bool:
    """By class name, so that naming a base class covers its subclasses."""
    if isinstance(error, (NonRetryableError, ValidationError)):
        return True
    return any(base.__name__ in policy.non_retryable for base in type(error).__mro__)


def next_wait(policy: Retry, attempts: int) -> tuple[float, str | None]:
    """The wait in ms after the handler has failed so often, jitter included, and the delay queue for it, if any.

    With delay queues it is the shortest that is at least as long as the drawn delay, without going above the ceiling.
    """
    growth = {"exponential": 2.0 ** min(attempts - 1, 64), "linear": float(attempts), "fixed": 1.0}[policy.backoff]
    ceiling = min(policy.max_delay_ms, policy.base_delay_ms * growth)
    drawn = random.random() * ceiling if policy.jitter == "full" else ceiling
    tiers = sorted(policy.tiers)
    if not tiers:
        return drawn, None
    allowed = [tier for tier in tiers if tier[0] <= ceiling] or tiers[:1]
    return next((tier for tier in allowed if tier[0] >= drawn), allowed[-1])
