import type { Logger } from '../../core/log.ts';
import type {
  Delivery,
  Destination,
  LogTopology,
  Subscription,
  Topology,
  TopologyNames,
  Transport,
  WireMessage,
} from '../../core/types.ts';
import { fromTask, toTask } from '../protocol.ts';
import { queueOf, refuseForeign, workersAlone } from '../queues.ts';

/** Sends tasks through a transport of RabbitMQ: confirmed, and returned as an error when there is no such queue. */
export class CeleryRabbitTransport implements Transport {
  readonly kind = 'celery';
  readonly #carrier: Transport;

  constructor(carrier: Transport) {
    this.#carrier = carrier;
  }

  get connected(): boolean {
    return this.#carrier.connected;
  }

  async start(names: TopologyNames, log: Logger, signal: AbortSignal): Promise<void> {
    refuseForeign(names);
    await this.#carrier.start(names, log, signal);
  }

  async publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    return this.#carrier.publish({ queue: queueOf(destination) }, toTask(message), signal);
  }

  async subscribe(): Promise<Subscription> {
    throw workersAlone();
  }

  async fetch(queue: string): Promise<Delivery | undefined> {
    const delivery = await this.#carrier.fetch(queue);
    if (delivery === undefined) return undefined;
    const message = fromTask(delivery.message);
    return {
      message,
      origin: delivery.origin,
      redelivered: delivery.redelivered,
      get stale() {
        return delivery.stale;
      },
      ack: () => delivery.ack(),
      reject: (requeue) => delivery.reject(requeue),
    };
  }

  assertTopology(topology: Topology | LogTopology, signal?: AbortSignal): Promise<void> {
    return this.#carrier.assertTopology(topology, signal);
  }

  close(): Promise<void> {
    return this.#carrier.close();
  }
}
