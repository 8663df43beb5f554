"""Says to the processes of the pool that the worker stops."""

import os
import select


class Stopping:
    """Set once by the main process, and seen by those of the pool, which are forks.

    A pipe that nobody reads from. An Event of multiprocessing would wait for each of its waiters to wake, so for ever for
    one that was killed; and a signal handler may write to a pipe whatever it has interrupted.
    """

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()

    def set(self) -> None:
        os.write(self._writer, b"\0")

    def wait(self, seconds: float) -> bool:
        """Whether the worker stops, after so many seconds at most."""
        poll = select.poll()
        poll.register(self._reader, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
