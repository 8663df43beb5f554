import { examples } from '../contracts/examples.ts';
import type { RunningService, ServiceDefinition } from '../messaging/index.ts';

/** Sends `count` messages of each type that the service produces, taking its examples in turn. */
export async function sendExamples(definition: ServiceDefinition, running: RunningService, count: number) {
  const sends = Object.entries(definition.producers).flatMap(([id, { messages }]) =>
    messages.flatMap(({ type }: { type: string }) => {
      const bodies = examples[type] ?? [];
      return bodies.length === 0
        ? []
        : Array.from({ length: count }, (_, i) =>
            running.producers[id]?.send(type, bodies[i % bodies.length]),
          );
    }),
  );
  const results = await Promise.allSettled(sends);
  const failed = results.filter((result) => result.status === 'rejected');
  return { sent: results.length - failed.length, failures: failed.map(({ reason }) => String(reason)) };
}
