import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { freePorts } from '../../support/ports.ts';
import { TestProcess } from '../../support/process.ts';
import { type Broker, TestBroker } from './broker.ts';
import { DockerEngine, NativeEngine, run } from './engine.ts';

const sbin = '/usr/lib/rabbitmq/bin';

export interface Rabbit extends Broker {
  /** Runs `rabbitmqctl` against this node and returns what it printed. */
  ctl(...args: string[]): Promise<string>;
  /** Imports a definitions file (vhosts, users, exchanges, queues, bindings, policies), as a deployment would. */
  loadDefinitions(file: string): Promise<void>;
  /**
   * Messages per queue of a vhost, by default `/`, those handed out and not yet settled included. The queues themselves
   * count: `list_queues` shows figures that the node renews every few seconds, and zeros at first after a restart.
   * Rejects while one of them cannot say.
   */
  depths(vhost?: string): Promise<ReadonlyMap<string, number>>;
}

export interface RabbitOptions {
  /** Further lines of `rabbitmq.conf` for a node from packages, such as `load_definitions = …`. */
  conf?: string[];
  /** Plugins to enable in a node from packages; each needs a listener on 127.0.0.1 in `conf`. */
  plugins?: string[];
}

/** Starts a RabbitMQ of this test's own (user `guest`), or takes the one `LOOM_TEST_RABBITMQ_URL` names. */
export async function startRabbit(options: RabbitOptions = {}): Promise<Rabbit> {
  let node: NativeNode | undefined;
  const broker = await TestBroker.launch({
    name: 'RabbitMQ',
    envVar: 'LOOM_TEST_RABBITMQ_URL',
    docker: { image: 'rabbitmq:4.2-alpine', port: 5672, args: [] },
    native: async (dir, port) => {
      node = await prepareNode(dir, port, options);
      const env = { ...node.env, RUNNING_UNDER_SYSTEMD: 'true' };
      return new NativeEngine(`${sbin}/rabbitmq-server`, [], { name: 'rabbitmq-server', env, cwd: dir });
    },
    url: (port) => `amqp://guest:guest@127.0.0.1:${port}`,
    accepts: greets,
    disposeNative: async () => void (await node?.epmd.kill()),
  });

  const ctl = async (...args: string[]): Promise<string> => {
    if (broker.engine instanceof DockerEngine) {
      return (await run('docker', ['exec', broker.engine.container, 'rabbitmqctl', ...args])).stdout;
    }
    if (!node)
      throw new Error('rabbitmqctl cannot reach the broker that LOOM_TEST_RABBITMQ_URL names. Unset it.');
    return (await run(`${sbin}/rabbitmqctl`, args, { env: node.env, cwd: broker.dir })).stdout;
  };
  const loadDefinitions = async (file: string): Promise<void> => {
    let path = file;
    if (broker.engine instanceof DockerEngine) {
      path = '/tmp/definitions.json';
      await run('docker', ['cp', file, `${broker.engine.container}:${path}`]);
    }
    await ctl('import_definitions', path);
  };
  const depths = async (vhost = '/'): Promise<ReadonlyMap<string, number>> => {
    const printed = await ctl('--silent', 'eval', countOf(vhost));
    const counted = [...printed.matchAll(/\{<<"([^"]+)">>,(\d+)\}/g)];
    return new Map(counted.map(([, name = '', count]) => [name, Number(count)]));
  };
  return Object.assign(broker, { ctl, loadDefinitions, depths });
}

/** In Erlang: name and messages of each queue; of a quorum queue as its members agree. */
const countOf = (vhost: string): string => `
  [begin
    {resource, _, _, Name} = amqqueue:get_name(Q),
    Count = case amqqueue:get_type(Q) of
      rabbit_quorum_queue ->
        {ok, Total, _} = ra:consistent_query(amqqueue:get_pid(Q), fun rabbit_fifo:query_messages_total/1, 5000),
        Total;
      _ -> proplists:get_value(messages, rabbit_amqqueue:info(Q, [messages]))
    end,
    {Name, Count}
  end || Q <- rabbit_amqqueue:list(<<"${vhost}">>)].`;

interface NativeNode {
  env: Record<string, string>;
  epmd: TestProcess;
}

/**
 * Configures a node that shares nothing with another one on this machine: own data, own Erlang cookie, own port
 * mapper. The port mapper runs as our child; the one that Erlang would start by itself outlives its node.
 */
async function prepareNode(dir: string, port: number, options: RabbitOptions): Promise<NativeNode> {
  const [distPort, epmdPort] = (await freePorts(2)) as [number, number];
  const home = join(dir, 'home');
  mkdirSync(home);
  writeFileSync(join(dir, 'env.conf'), '');
  writeFileSync(join(dir, 'enabled_plugins'), `[${(options.plugins ?? []).join(',')}].\n`);
  const given = options.conf ?? [];
  const named = new Set(given.map(settingOf));
  const own = [
    `listeners.tcp.1 = 127.0.0.1:${port}`,
    'loopback_users = none',
    'disk_free_limit.absolute = 50MB',
    'log.console = false',
  ];
  const conf = [...own.filter((line) => !named.has(settingOf(line))), ...given];
  writeFileSync(join(dir, 'rabbitmq.conf'), `${conf.join('\n')}\n`);
  const env = {
    PATH: process.env['PATH'] ?? '',
    LANG: 'C.UTF-8',
    HOME: home,
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: 'rabbit@localhost',
    RABBITMQ_DIST_PORT: String(distPort),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    RABBITMQ_MNESIA_BASE: join(dir, 'mnesia'),
    RABBITMQ_LOG_BASE: join(dir, 'log'),
    RABBITMQ_LOGS: join(dir, 'log', 'rabbit.log'),
    RABBITMQ_CONFIG_FILE: join(dir, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: join(dir, 'env.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(dir, 'pid'),
  };
  const epmd = await TestProcess.start('epmd', ['-port', String(epmdPort), '-address', '127.0.0.1'], { env });
  return { env, epmd };
}

const settingOf = (line: string): string | undefined => line.split('=')[0]?.trim();

/** True once the node answers the AMQP 0-9-1 protocol header with `connection.start` (a frame of type 1). */
async function greets(url: string): Promise<boolean> {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'amqps:';
  const address = { host: hostname, port: Number(port || (secure ? 5671 : 5672)) };
  const socket = secure ? tls.connect({ ...address, servername: hostname }) : connect(address);
  socket.setTimeout(2000, () => socket.destroy(new Error('no answer')));
  try {
    socket.write('AMQP\x00\x00\x09\x01');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer[0] === 1;
  } finally {
    socket.destroy();
  }
}
