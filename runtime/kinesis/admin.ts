import { ClosedError, TopologyError } from '../core/errors.ts';
import { createLogger } from '../core/log.ts';
import type { ApplyReport, TopologyAdmin, TopologyReport } from '../core/topology.ts';
import { KinesisApi } from './api.ts';
import type { KinesisAdminConfig } from './config.ts';
import { declareStreams, differencesOf } from './declare.ts';
import { emulated, type KinesisTopology, type StreamDeclaration } from './topology.ts';

/** A tool does not wait for a broker to come back; making streams takes a while on AWS. */
const maxVerifyMs = 30_000;
const maxApplyMs = 300_000;

/** Compares the streams of an account with the design, and adds what is missing. */
export class KinesisAdmin implements TopologyAdmin {
  readonly #api: KinesisApi;
  readonly #streams: readonly StreamDeclaration[];

  /** @throws ConfigurationError */
  constructor(config: KinesisAdminConfig, { topics }: KinesisTopology) {
    this.#api = new KinesisApi(config, createLogger('topology'));
    this.#streams = config.emulator ? topics.map(emulated) : topics;
  }

  async verify(): Promise<TopologyReport> {
    const differences = await differencesOf(this.#api, this.#streams, within(maxVerifyMs));
    return { differences, unchecked: [] };
  }

  async apply(): Promise<ApplyReport> {
    const created = await declareStreams(this.#api, this.#streams, within(maxApplyMs));
    return { created, unchecked: [] };
  }

  async close(): Promise<void> {
    this.#api.close(new ClosedError('The connection to Kinesis is closed.'));
  }
}

function within(ms: number): AbortSignal {
  const late = new AbortController();
  setTimeout(() => late.abort(new TopologyError('Kinesis has not done it in time.')), ms).unref();
  return late.signal;
}
