import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../support/ports.ts';
import { FaultProxy } from '../../support/proxy.ts';
import { type Broker, TestBroker } from './broker.ts';
import { NativeEngine, run } from './engine.ts';
import { kafkaJars, kafkaVersion } from './kafka/jars.ts';
import { isRegistered } from './kafka.ts';

export interface GeneratedKafka extends Broker {
  /** Between programs outside of the containers and the broker, if one was asked for. */
  readonly proxy: FaultProxy | undefined;
  /** Where programs outside of the containers connect, with a password. */
  readonly outsideUrl: string;
}

/**
 * Starts Kafka as the compose file of a generated workspace does: storage formatted with the operator's credential, then
 * the generated `server.properties`. Only what this machine imposes is changed: ports, and the folder of the data.
 * @param operator content of `operator.scram`
 * @param options.conf further lines, such as shorter times
 * @param options.proxied whether clients from outside are told to come through a proxy, at its port
 */
export async function startGeneratedKafka(
  properties: string,
  operator: string,
  { proxied = false, conf = [] }: { readonly proxied?: boolean; readonly conf?: readonly string[] } = {},
): Promise<GeneratedKafka> {
  const [controller = 0, inside = 0, outside = 0] = await freePorts(3);
  const proxy = proxied ? await FaultProxy.start(`kafka://127.0.0.1:${outside}`) : undefined;
  const advertised = proxy?.port ?? outside;
  const broker = await TestBroker.launch({
    name: 'Kafka',
    // Somebody else's broker does not run with this configuration.
    envVar: 'LOOM_TEST_GENERATED_KAFKA_URL',
    native: async (dir, local) => {
      const file = join(dir, 'server.properties');
      const own = onThisMachine(properties, dir, { controller, local, inside, outside }, advertised);
      writeFileSync(file, `${own}\n${conf.join('\n')}\n`);
      const java = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
      const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
      const classpath = ['-cp', join(await kafkaJars(), '*')];
      const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
      const format = ['format', '--config', file, '--standalone', '--cluster-id', 'YnJva2VybG9vbS10ZXN0cw'];
      await run(
        'java',
        [quiet, ...java, ...classpath, 'kafka.tools.StorageTool', ...format, '--add-scram', operator],
        { env },
      );
      return new NativeEngine('java', [quiet, ...java, ...classpath, 'kafka.Kafka', file], {
        name: `kafka ${kafkaVersion} as generated`,
        env,
        cwd: dir,
      });
    },
    url: (port) => `kafka://127.0.0.1:${port}`,
    // Over the listener without a password, which only the broker's own machine reaches.
    accepts: isRegistered,
  });
  const dispose = async (): Promise<void> => {
    await proxy?.stop();
    await TestBroker.prototype.dispose.call(broker);
  };
  return Object.assign(broker, { proxy, outsideUrl: `kafka://127.0.0.1:${advertised}`, dispose });
}

interface Ports {
  readonly controller: number;
  readonly local: number;
  readonly inside: number;
  readonly outside: number;
}

/** Every address with its host and port replaced, and nothing else. */
function onThisMachine(properties: string, dir: string, ports: Ports, advertised: number): string {
  const own = new Map(
    Object.entries(ports).map(([name, port]) => [
      name.toUpperCase(),
      `${name.toUpperCase()}://127.0.0.1:${port}`,
    ]),
  );
  return properties
    .replace(/^log\.dirs=.*$/m, `log.dirs=${join(dir, 'data')}`)
    .replace(/^(controller\.quorum\.bootstrap\.servers)=.*$/m, `$1=127.0.0.1:${ports.controller}`)
    .replace(/^((?:advertised\.)?listeners)=(.*)$/gm, (_, key: string, list: string) => {
      const told = key.startsWith('advertised')
        ? new Map([...own, ['OUTSIDE', `OUTSIDE://127.0.0.1:${advertised}`]])
        : own;
      const entries = list.split(',').map((entry) => told.get(entry.split('://')[0] ?? '') ?? entry);
      return `${key}=${entries.join(',')}`;
    });
}
