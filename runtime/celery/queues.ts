import { TopologyError } from '../core/errors.ts';
import type { Destination, TopologyNames } from '../core/types.ts';

/** @throws TopologyError for what is no queue */
export function queueOf(to: Destination): string {
  if ('queue' in to) return to.queue;
  throw new TopologyError(
    `Celery has no ${'topic' in to ? `topic ${to.topic}` : `exchange ${to.exchange}`}.`,
  );
}

/** @throws TopologyError when something else than queues is asked for */
export function refuseForeign({ exchanges, topics = [] }: TopologyNames): void {
  const [foreign] = [...exchanges, ...topics];
  if (foreign !== undefined) throw new TopologyError(`Celery has queues only, and no ${foreign}.`);
}

export const workersAlone = (): TopologyError =>
  new TopologyError('Tasks of Celery are handled by its workers, which are written in Python.');
