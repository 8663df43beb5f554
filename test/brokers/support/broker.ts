import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/ports.ts';
import { reapDir } from '../../support/reaper.ts';
import { DockerEngine, type Engine, hasDocker } from './engine.ts';

export interface Broker {
  /** Where clients connect; credentials included. */
  readonly url: string;
  /** `env`: somebody else's broker, which the tests may use but not stop. */
  readonly source: 'env' | 'docker' | 'native';
  /** The broker's process while it runs natively, else undefined. */
  readonly pid: number | undefined;
  /** The native broker's folder: its data, configuration and logs. Removed by `dispose`. */
  readonly dir: string;
  /** SIGTERM: a clean shutdown. The data stays, and `start` brings it back. */
  stop(): Promise<void>;
  /** SIGKILL: a crash. The data stays, and `start` brings it back. */
  kill(): Promise<void>;
  /** Starts a stopped or killed broker on the same port and data; resolves when it accepts clients. */
  start(): Promise<void>;
  /** `stop`, then `start`. */
  restart(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the broker without ceremony and removes its data. Call it in `afterAll`. */
  dispose(): Promise<void>;
}

/** What differs between the brokers. */
export interface BrokerSpec {
  name: string;
  /** The environment variable that names a broker which runs already. */
  envVar: string;
  /** The image that a container engine runs; without one the broker never comes from there. */
  docker?: { image: string; port: number; args: string[]; env?: Readonly<Record<string, string>> };
  native(dir: string, port: number): Promise<Engine>;
  url(port: number): string;
  /** True once the broker accepts clients at `url`. */
  accepts(url: string): Promise<boolean>;
  /** Ends what the native engine needed besides its own process. */
  disposeNative?(): Promise<void>;
}

/** A broker and the engine it runs on; the engine is absent for a broker from the environment. */
export class TestBroker implements Broker {
  readonly url: string;
  readonly dir: string;
  readonly engine: Engine | undefined;
  #spec: BrokerSpec;

  private constructor(spec: BrokerSpec, url: string, dir: string, engine: Engine | undefined) {
    this.#spec = spec;
    this.url = url;
    this.dir = dir;
    this.engine = engine;
  }

  /** Order: the environment variable, a container engine that answers, the distribution's packages. */
  static async launch(spec: BrokerSpec): Promise<TestBroker> {
    const given = process.env[spec.envVar];
    const dir = mkdtempSync(join(tmpdir(), `brokerloom-${spec.name.toLowerCase()}-`));
    reapDir(dir);
    if (given) {
      const answers = await spec.accepts(given).catch(() => false);
      if (!answers)
        throw new Error(`${spec.envVar} names a ${spec.name} that does not answer. Start it, or unset it.`);
      return new TestBroker(spec, given, dir, undefined);
    }

    const port = await freePort();
    const { docker } = spec;
    const engine =
      docker && hasDocker()
        ? await DockerEngine.create(docker.image, port, docker.port, docker.args, docker.env)
        : await spec.native(dir, port);
    const broker = new TestBroker(spec, spec.url(port), dir, engine);
    try {
      await broker.start();
    } catch (error) {
      await broker.dispose();
      throw error;
    }
    return broker;
  }

  get source(): Broker['source'] {
    return this.engine?.source ?? 'env';
  }

  get pid(): number | undefined {
    return this.engine?.pid;
  }

  async start(): Promise<void> {
    const engine = this.#owned('start');
    await engine.start();
    await engine.waitUntil(() => this.#spec.accepts(this.url));
  }

  async stop(): Promise<void> {
    await this.#owned('stop').stop();
  }

  async kill(): Promise<void> {
    await this.#owned('kill').kill();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async pause(): Promise<void> {
    await this.#owned('pause').pause();
  }

  async resume(): Promise<void> {
    await this.#owned('resume').resume();
  }

  async dispose(): Promise<void> {
    await this.engine?.dispose();
    if (this.engine?.source === 'native') await this.#spec.disposeNative?.();
    rmSync(this.dir, { recursive: true, force: true });
  }

  #owned(action: string): Engine {
    if (this.engine) return this.engine;
    const { name, envVar } = this.#spec;
    throw new Error(
      `cannot ${action} ${name}: ${envVar} names a broker that these tests did not start. Unset it.`,
    );
  }
}
