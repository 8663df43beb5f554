import type { AwsConfig } from '../aws/config.ts';
import { ClosedError } from '../core/errors.ts';
import { createLogger } from '../core/log.ts';
import type { ApplyReport, TopologyAdmin, TopologyReport } from '../core/topology.ts';
import { declareQueues, differencesOf } from './declare.ts';
import { Queues } from './queues.ts';
import type { SqsTopology } from './topology.ts';

/** Compares the queues of an account with the design, and adds what is missing. */
export class SqsAdmin implements TopologyAdmin {
  readonly #queues: Queues;
  readonly #topology: SqsTopology;
  readonly #closing = new AbortController();

  /** @throws ConfigurationError */
  constructor(config: AwsConfig, topology: SqsTopology) {
    this.#queues = new Queues(config, createLogger('topology'));
    this.#topology = topology;
  }

  async verify(): Promise<TopologyReport> {
    const differences = await differencesOf(this.#queues, this.#topology.queues, this.#closing.signal);
    return { differences, unchecked: [] };
  }

  async apply(): Promise<ApplyReport> {
    const created = await declareQueues(this.#queues, this.#topology.queues, this.#closing.signal);
    return { created, unchecked: [] };
  }

  async close(): Promise<void> {
    const reason = new ClosedError('The connection to SQS is closed.');
    this.#closing.abort(reason);
    this.#queues.close(reason);
  }
}
