import { delimiter, join, resolve } from 'node:path';
import type { Broker } from '../brokers/support/broker.ts';
import { type GeneratedKafka, startGeneratedKafka } from '../brokers/support/generatedKafka.ts';
import { startRedis } from '../brokers/support/redis.ts';
import { TestProcess } from '../support/process.ts';
import { reapDir } from '../support/reaper.ts';
import { type Finished, Workspace } from './support.ts';

/**
 * A generated workspace on a Kafka and a Redis of its own, which load what the compose file mounts into its containers.
 * For designs whose one broker is called `events`.
 */
export class KafkaPlatform {
  readonly workspace: Workspace;
  readonly kafka: GeneratedKafka;
  readonly redis: Broker;

  private constructor(workspace: Workspace, kafka: GeneratedKafka, redis: Broker) {
    this.workspace = workspace;
    this.kafka = kafka;
    this.redis = redis;
  }

  static async start(design: string): Promise<KafkaPlatform> {
    const workspace = await Workspace.install(design);
    reapDir(workspace.folder);
    const { code, output } = await workspace.run('npm', 'run', 'setup');
    if (code !== 0) throw new Error(output);
    const [kafka, redis] = await Promise.all([
      startGeneratedKafka(
        workspace.read('brokers/events/server.properties'),
        workspace.read('secrets/events/operator.scram'),
      ),
      startRedis([
        '--aclfile',
        join(workspace.folder, 'secrets/store/users.acl'),
        '--maxmemory-policy',
        'noeviction',
      ]),
    ]);
    return new KafkaPlatform(workspace, kafka, redis);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.kafka.dispose(), this.redis.dispose()]);
    this.workspace.dispose();
  }

  /** Runs a script of the workspace's package.json to its end; those for tools run as the operator. */
  script(name: string, ...args: string[]): Promise<Finished> {
    return this.workspace.run(
      'env',
      `EVENTS_URL=${this.kafka.outsideUrl}`,
      'npm',
      'run',
      '-s',
      name,
      '--',
      ...args,
    );
  }

  /** Starts a program of the workspace as one of its users. */
  startAs(user: string, args: readonly string[], env: Record<string, string> = {}): Promise<TestProcess> {
    return TestProcess.start('node', [`--env-file=secrets/${user}.env`, ...args], {
      name: args[0] ?? user,
      cwd: this.workspace.folder,
      env: {
        PATH: [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter),
        EVENTS_URL: this.kafka.outsideUrl,
        STORE_URL: this.redis.url,
        STORE_ACCEPT_EMPTY: 'true',
        ...env,
      },
    });
  }

  startService(id: string, env: Record<string, string> = {}): Promise<TestProcess> {
    return this.startAs(id, [`services/${id}/src/main.ts`], env);
  }
}
