import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import {
  type ProducerMap,
  type RunningService,
  type ServiceDefinition,
  type ServiceOptions,
  startService,
  type Topology,
  type Transport,
} from '../../../runtime/index.ts';
import type { Channels } from '../support/channels.ts';
import { MemoryLog } from '../support/scenario.ts';
import type { Harness } from './harness.ts';

/** A channel name no other test uses. */
export function freshName(): string {
  return `t-${randomUUID().slice(0, 8)}`;
}

/** A fresh work channel, declared. */
export async function freshWork(harness: Harness, channels: Channels, partitions?: 1): Promise<string> {
  const name = channels.nameOf?.(freshName()) ?? freshName();
  await harness.declare(channels.work(name, partitions));
  return name;
}

/** A started connection, closed with the test. */
export async function connect(harness: Harness, topology?: Topology): Promise<Transport> {
  const transport = harness.transport();
  onTestFinished(() => transport.close());
  await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), AbortSignal.timeout(30_000));
  if (topology !== undefined) await transport.assertTopology(topology);
  return transport;
}

/** The service at work on connections of its own, stopped with the test. */
export async function serve<P extends ProducerMap>(
  harness: Harness,
  definition: ServiceDefinition<P>,
  options: Partial<ServiceOptions> = {},
): Promise<RunningService<P>> {
  const service = await startService(definition, {
    transports: { b: harness.transport() },
    store: harness.store(),
    log: new MemoryLog(),
    graceMs: 5_000,
    ...options,
  });
  onTestFinished(async () => {
    await service.stop();
  });
  return service;
}

/** A signal that only a hanging test will see abort. */
export function soon(): AbortSignal {
  return AbortSignal.timeout(30_000);
}
