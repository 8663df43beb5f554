import { queueExpander } from './queues.ts';

/**
 * A retry is a task with a countdown, which waits in the worker or in the queue. Dead letters are published by the
 * worker, since Celery has none of its own. https://docs.celeryq.dev/en/stable/userguide/tasks.html#retrying
 */
export const celery = queueExpander(({ broker }) => ({ broker }));
