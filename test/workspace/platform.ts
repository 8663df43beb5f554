import { delimiter, join, resolve } from 'node:path';
import { type ChannelModel, connect } from 'amqplib';
import type { Broker } from '../brokers/support/broker.ts';
import { confOf } from '../brokers/support/definitions.ts';
import { type Rabbit, type RabbitOptions, startRabbit } from '../brokers/support/rabbit.ts';
import { startRedis } from '../brokers/support/redis.ts';
import { TestProcess } from '../support/process.ts';
import { reapDir } from '../support/reaper.ts';
import { type Finished, Workspace } from './support.ts';

/**
 * A generated workspace on a RabbitMQ and a Redis of its own, which load what the compose file mounts into its
 * containers. For designs whose one broker is called `work`.
 */
export class Platform {
  readonly workspace: Workspace;
  readonly rabbit: Rabbit;
  readonly redis: Broker;
  /** Where services and tools connect; without credentials. */
  readonly url: string;

  private constructor(workspace: Workspace, rabbit: Rabbit, redis: Broker, vhost: string) {
    this.workspace = workspace;
    this.rabbit = rabbit;
    this.redis = redis;
    this.url = `amqp://127.0.0.1:${new URL(rabbit.url).port}/${vhost}`;
  }

  static async start(design: string, options: RabbitOptions = {}): Promise<Platform> {
    const workspace = await Workspace.install(design);
    reapDir(workspace.folder);
    const { code, output } = await workspace.run('npm', 'run', 'setup');
    if (code !== 0) throw new Error(output);
    const users = join(workspace.folder, 'secrets/store/users.acl');
    const [rabbit, redis] = await Promise.all([
      startRabbit({
        ...options,
        conf: [...confOf(workspace.folder), ...(options.conf ?? [])],
      }),
      startRedis(['--aclfile', users, '--maxmemory-policy', 'noeviction']),
    ]);
    const { vhosts } = JSON.parse(workspace.read('brokers/work/definitions.json'));
    return new Platform(workspace, rabbit, redis, vhosts[0].name);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.rabbit.dispose(), this.redis.dispose()]);
    this.workspace.dispose();
  }

  /** Settings that the set-up has made for one user. */
  secretsOf(user: string): Record<string, string> {
    const lines = this.workspace.read(`secrets/${user}.env`).trim().split('\n');
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  }

  login(user: string): Promise<ChannelModel> {
    const { WORK_PASSWORD: password } = this.secretsOf(user);
    return connect(this.url.replace('//', `//${user}:${password}@`));
  }

  /** Messages that wait in a queue, as the broker counts them now: `rabbitmqctl` shows figures of some seconds ago. */
  async depth(queue: string): Promise<number> {
    const connection = await this.login('operator');
    const channel = await connection.createChannel();
    const { messageCount } = await channel.checkQueue(queue);
    await connection.close();
    return messageCount;
  }

  /** Runs a program of the workspace to its end, as one of its users. */
  runAs(user: string, ...args: string[]): Promise<Finished> {
    return this.workspace.run(
      'env',
      `WORK_URL=${this.url}`,
      'node',
      `--env-file=secrets/${user}.env`,
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
        WORK_URL: this.url,
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
