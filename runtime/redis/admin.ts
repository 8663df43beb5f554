import { TopologyError } from '../core/errors.ts';
import { createLogger } from '../core/log.ts';
import type { ApplyReport, TopologyAdmin, TopologyReport } from '../core/topology.ts';
import { Catalogue } from './catalogue.ts';
import type { RedisConfig } from './config.ts';
import { Connection } from './connection.ts';
import { declareStreams, differencesOf } from './declare.ts';
import type { RedisTopology } from './streams.ts';

/** A tool does not wait for a broker to come back. */
const maxConnectMs = 10_000;

/** Compares the streams of a Redis with the design, and adds what is missing. */
export class RedisAdmin implements TopologyAdmin {
  readonly #connection: Connection;
  readonly #catalogue: Catalogue;
  readonly #topology: RedisTopology;

  /** @throws ConfigurationError */
  constructor(config: RedisConfig, topology: RedisTopology) {
    this.#connection = new Connection(config, 'topology', createLogger('topology'));
    this.#catalogue = new Catalogue(this.#connection);
    this.#topology = topology;
  }

  async verify(): Promise<TopologyReport> {
    await this.#connect();
    return { differences: await differencesOf(this.#catalogue, this.#topology.topics), unchecked: [] };
  }

  async apply(): Promise<ApplyReport> {
    await this.#connect();
    return { created: await declareStreams(this.#catalogue, this.#topology.topics), unchecked: [] };
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #connect(): Promise<void> {
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new TopologyError('Redis does not answer, or refuses the credentials.')),
      maxConnectMs,
    );
    return this.#connection.whenReady(late.signal).finally(() => clearTimeout(timer));
  }
}
