import { type ChannelModel, connect } from 'amqplib';
import { TopologyError } from '../core/errors.ts';
import type { ApplyReport, TopologyAdmin, TopologyDifference, TopologyReport } from '../core/topology.ts';
import type { Topology } from '../core/types.ts';
import { compareTopology } from './compare.ts';
import { connectOptions, type RabbitConfig, socketOptions } from './config.ts';
import { listTopology } from './management.ts';
import { declare, probe } from './topology.ts';

/** Lists what the broker has through its management API where there is one, and asks over AMQP otherwise. */
export class RabbitAdmin implements TopologyAdmin {
  readonly #config: RabbitConfig;
  readonly #topology: Topology;
  #connection: Promise<ChannelModel> | undefined;

  constructor(config: RabbitConfig, topology: Topology) {
    this.#config = config;
    this.#topology = topology;
  }

  async verify(): Promise<TopologyReport> {
    const { managementUrl } = this.#config;
    if (managementUrl === undefined) return this.#ask('no management URL is set');
    try {
      const found = await listTopology({ ...this.#config, managementUrl });
      return { differences: compareTopology(this.#topology, found), unchecked: [] };
    } catch (error) {
      const { code } = error as { code?: string };
      // Only where nobody answers: a refusal or a wrong certificate must be seen.
      if (code === undefined || !['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code))
        throw error;
      return this.#ask(`the management API does not answer (${code})`);
    }
  }

  async apply(): Promise<ApplyReport> {
    const { differences, unchecked } = await this.verify();
    const changed = differences.filter(({ kind }) => kind === 'changed');
    if (changed.length > 0) {
      const list = changed.map(({ element, detail }) => `${element}: ${detail}`).join('\n');
      throw new TopologyError(
        `Nothing was changed: RabbitMQ cannot change what exists, and deleting it would lose its messages.\n${list}`,
      );
    }
    await declare(await this.#connected(), this.#topology);
    return {
      created: differences.filter(({ kind }) => kind === 'missing').map(({ element }) => element),
      unchecked,
    };
  }

  async close(): Promise<void> {
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.close().catch(() => {});
  }

  /** AMQP tells whether something exists and whether its settings are the same, but lists nothing. */
  async #ask(why: string): Promise<TopologyReport> {
    const differences = await probe(await this.#connected(), this.#topology);
    const bindings = this.#topology.bindings.length;
    return {
      differences: differences.map(({ what, detail }): TopologyDifference => {
        const element = `${what.charAt(0).toLowerCase()}${what.slice(1)}`;
        return detail === undefined ? { kind: 'missing', element } : { kind: 'changed', element, detail };
      }),
      unchecked: [
        ...(bindings > 0 ? [`${bindings} bindings: AMQP cannot list them, and ${why}`] : []),
        `what the broker has besides: ${why}`,
      ],
    };
  }

  /** Without recovery: whoever runs a tool wants to hear at once why it cannot connect. */
  #connected(): Promise<ChannelModel> {
    this.#connection ??= connect(connectOptions(this.#config), socketOptions(this.#config, 'topology')).then(
      (connection) => {
        // The step at hand rejects as well; without a listener the event would end the process.
        connection.on('error', () => {});
        return connection;
      },
    );
    return this.#connection;
  }
}
