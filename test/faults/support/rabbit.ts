import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChannelModel, connect } from 'amqplib';
import type { Rabbit } from '../../brokers/support/rabbit.ts';
import { digest, type Expectation, type HistoryWriter } from '../../support/history.ts';
import type { Workspace } from '../workspace.ts';
import { unreadableBody } from './poison.ts';

/** What a run does at RabbitMQ past the services: as one of their users, or as the operator. */
export class RabbitSide {
  readonly #rabbit: Rabbit;
  readonly #workspace: Workspace;
  readonly #history: HistoryWriter;
  readonly #vhost: string;

  constructor(rabbit: Rabbit, workspace: Workspace, history: HistoryWriter, vhost: string) {
    this.#rabbit = rabbit;
    this.#workspace = workspace;
    this.#history = history;
    this.#vhost = vhost;
  }

  /** Publishes orders that no handler can read, past the producers of the workspace. */
  async sendInvalid(count: number, consumers: readonly string[]): Promise<void> {
    const connection = await this.#connectAs('order');
    const channel = await connection.createConfirmChannel();
    const invalid: Expectation = { reason: 'invalid', attempts: 1 };
    const expect = Object.fromEntries(consumers.map((consumer) => [consumer, invalid]));
    for (let n = 0; n < count; n++) {
      const id = randomUUID();
      const body = unreadableBody(n);
      const headers = { tenant: 'broken' };
      this.#history.append({ type: 'send', id, expect, body: digest(body), headers });
      const own = { 'loom-event-id': id, 'loom-event-type': 'order.created', 'loom-schema-version': 1 };
      channel.publish('orders', 'order.created', Buffer.from(body), {
        headers: { ...headers, ...own },
        messageId: id,
        persistent: true,
      });
      await channel.waitForConfirms();
      this.#history.append({ type: 'confirm', id });
    }
    await connection.close();
  }

  /** Waits until every queue but the dead-letter queues is empty, what is delivered and not acknowledged included. */
  drained(within?: number): Promise<void> {
    return RabbitSide.drained(this.#rabbit, this.#vhost, within);
  }

  static async drained(rabbit: Rabbit, vhost: string, within = 180_000): Promise<void> {
    const end = Date.now() + within;
    // What moves from one queue to the next may be counted in neither.
    for (let empty = 0; empty < 3; await pause(300)) {
      // A queue that comes back from its disk cannot say yet.
      const counts = await rabbit.depths(vhost).catch(() => undefined);
      const full = [...(counts ?? [])].filter(
        ([name, count]) => count > 0 && !/\.(?:dlq|parked)$/.test(name),
      );
      empty = counts && full.length === 0 ? empty + 1 : 0;
      if (Date.now() > end) throw new Error(`not drained: ${full.join(' and ')}`);
    }
  }

  /** Takes every dead letter out of the queues and writes it into the history, until the broker counts none. */
  async readDeadLetters(queues: readonly string[], within = 30_000): Promise<void> {
    const end = Date.now() + within;
    const left = async () => {
      const counts = await this.#rabbit.depths(this.#vhost);
      return queues.filter((queue) => counts.get(queue) !== 0);
    };
    for (let full = await left(); full.length > 0; full = await left()) {
      if (Date.now() > end) throw new Error(`dead letters cannot be taken out of ${full.join(' and ')}`);
      await this.#takeDeadLetters(full);
      await pause(200);
    }
  }

  async #takeDeadLetters(queues: readonly string[]): Promise<void> {
    const connection = await this.#connectAs('operator');
    const channel = await connection.createChannel();
    for (const queue of queues) {
      for (let letter = await channel.get(queue); letter; letter = await channel.get(queue)) {
        const headers = (letter.properties.headers ?? {}) as Record<string, unknown>;
        const header = (name: string): string => String(headers[name] ?? '');
        this.#history.append({
          type: 'dlq',
          id: header('loom-event-id'),
          consumer: header('loom-dlq-consumer').split('.').at(-1) ?? '',
          dlqId: header('loom-dlq-id'),
          reason: header('loom-dlq-reason'),
          attempts: Number(headers['loom-attempts']),
          body: digest(letter.content),
          headers: { tenant: header('tenant') },
        });
        channel.ack(letter);
      }
    }
    await connection.close();
  }

  /** Takes queues off an exchange. */
  async unbind(exchange: string, queues: readonly string[], routingKey: string): Promise<void> {
    const connection = await this.#connectAs('operator');
    const channel = await connection.createChannel();
    for (const queue of queues) await channel.unbindQueue(queue, exchange, routingKey);
    await connection.close();
  }

  async #connectAs(user: string): Promise<ChannelModel> {
    const { username, password } = this.#workspace.secretOf(user, 'WORK');
    const { hostname, port } = new URL(this.#rabbit.url);
    return connect({
      protocol: 'amqp',
      hostname,
      port: Number(port),
      vhost: this.#vhost,
      username,
      password,
    });
  }
}
