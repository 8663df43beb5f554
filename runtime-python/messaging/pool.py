"""Celery's pool of processes, without a lock that one of them can take to its grave."""

from celery.concurrency import asynpool, prefork


class Worker(asynpool.Worker):  # type: ignore[misc]
    def _ensure_messages_consumed(self, completed: int) -> bool:
        """Does not ask how many results the main process has read.

        The answer is under a lock that the main process takes for each result. A process that is killed while it asks, as
        happens at the hard time limit, never frees it, and the worker hangs. Nothing is lost without: what an ended
        process has left in its pipe is read, and a task without a result is not acknowledged.
        https://github.com/celery/billiard/blob/v4.3.2/billiard/pool.py
        """
        return True


class Pool(asynpool.AsynPool):  # type: ignore[misc]
    Worker = Worker


class TaskPool(prefork.TaskPool):  # type: ignore[misc]
    Pool = Pool
