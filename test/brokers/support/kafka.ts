import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection, metadataV12 } from '@platformatic/kafka';
import { freePort, freePorts } from '../../support/ports.ts';
import { FaultProxy } from '../../support/proxy.ts';
import { type Broker, TestBroker } from './broker.ts';
import { NativeEngine, run } from './engine.ts';
import { kafkaJars, kafkaVersion } from './kafka/jars.ts';

export interface Kafka extends Broker {
  /** Between clients of `proxiedUrl` and the broker, which tells such clients to come back through it. */
  readonly proxy: FaultProxy;
  readonly proxiedUrl: string;
}

/** One more way in, besides the plain ones. */
export interface KafkaListener {
  readonly port: number;
  readonly protocol: 'SASL_PLAINTEXT' | 'SSL' | 'SASL_SSL';
}

export interface KafkaOptions {
  /** Further lines of `server.properties` for a broker from Maven's jars. */
  readonly conf?: readonly string[];
  readonly listener?: KafkaListener;
  /** Users with a password for SCRAM, at a broker from Maven's jars. */
  readonly scram?: readonly {
    readonly mechanism: string;
    readonly name: string;
    readonly password: string;
  }[];
}

/**
 * Starts a Kafka of this test's own, broker and controller in one process, or takes the one `LOOM_TEST_KAFKA_URL`
 * names. Topics are not created by themselves.
 */
export async function startKafka(options: KafkaOptions = {}): Promise<Kafka> {
  // Clients go where a listener is advertised, so the proxy has its port before the broker learns of it.
  const proxied = await freePort();
  const given = process.env['LOOM_TEST_KAFKA_URL'];
  const proxy = await FaultProxy.start(given || `kafka://127.0.0.1:${proxied}`);
  try {
    const broker = await TestBroker.launch({
      name: 'Kafka',
      envVar: 'LOOM_TEST_KAFKA_URL',
      native: (dir, port) => prepare(dir, { port, proxied, advertised: proxy.port }, options),
      url: (port) => `kafka://127.0.0.1:${port}`,
      accepts: isRegistered,
    });
    const dispose = async (): Promise<void> => {
      await proxy.stop();
      await TestBroker.prototype.dispose.call(broker);
    };
    return Object.assign(broker, { proxy, proxiedUrl: `kafka://127.0.0.1:${proxy.port}`, dispose });
  } catch (error) {
    await proxy.stop();
    throw error;
  }
}

interface Ports {
  readonly port: number;
  readonly proxied: number;
  readonly advertised: number;
}

/** Formats the storage of a broker and returns the program that runs on it. */
async function prepare(dir: string, ports: Ports, options: KafkaOptions): Promise<NativeEngine> {
  const classpath = join(await kafkaJars(), '*');
  const file = join(dir, 'server.properties');
  writeFileSync(file, `${(await properties(dir, ports, options)).join('\n')}\n`);
  const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
  const java = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', classpath];
  const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
  const scram = (options.scram ?? []).flatMap(({ mechanism, name, password }) => [
    '--add-scram',
    `${mechanism}=[name=${name},password=${password}]`,
  ]);
  const format = ['format', '-t', 'YnJva2VybG9vbS10ZXN0cw', '-c', file, ...scram];
  await run('java', [quiet, ...java, 'kafka.tools.StorageTool', ...format], { env });
  return new NativeEngine('java', [quiet, ...java, 'kafka.Kafka', file], {
    name: `kafka ${kafkaVersion}`,
    env,
    cwd: dir,
  });
}

async function properties(dir: string, ports: Ports, options: KafkaOptions): Promise<string[]> {
  const [controller] = await freePorts(1);
  const { listener, conf = [] } = options;
  const more = listener === undefined ? '' : `,MORE://127.0.0.1:${listener.port}`;
  const protocols = ['HOST', 'PROXIED', 'CONTROLLER'].map((name) => `${name}:PLAINTEXT`);
  if (listener !== undefined) protocols.push(`MORE:${listener.protocol}`);
  const own = `HOST://127.0.0.1:${ports.port}`;
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controller}`,
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=HOST',
    `listener.security.protocol.map=${protocols.join(',')}`,
    `listeners=${own},PROXIED://127.0.0.1:${ports.proxied},CONTROLLER://127.0.0.1:${controller}${more}`,
    `advertised.listeners=${own},PROXIED://127.0.0.1:${ports.advertised}${more}`,
    `log.dirs=${join(dir, 'data')}`,
    'auto.create.topics.enable=false',
    // One broker only.
    ...['offsets.topic', 'transaction.state.log', 'share.coordinator.state.topic'].map(
      (topic) => `${topic}.replication.factor=1`,
    ),
    'transaction.state.log.min.isr=1',
    'offsets.topic.num.partitions=4',
    // A crashed member is noticed within seconds instead of 45.
    'group.consumer.min.session.timeout.ms=6000',
    'group.consumer.session.timeout.ms=6000',
    'group.consumer.min.heartbeat.interval.ms=500',
    'group.consumer.heartbeat.interval.ms=500',
    ...conf,
  ];
}

/** True once the broker itself is in the cluster's metadata: before, it knows no topics. */
export async function isRegistered(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const connection = new Connection('test', { connectTimeout: 2_000, requestTimeout: 2_000 });
  connection.on('error', () => {});
  try {
    await connection.connect(hostname, Number(port));
    const { brokers } = await metadataV12.api.async(connection, [], false, false);
    return brokers.length > 0;
  } finally {
    await connection.close();
  }
}
