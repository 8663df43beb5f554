import type { BrokerAccess, BrokerCompose, ComposeService } from '../broker.ts';
import { emulators, images } from '../compose/images.ts';

/** A program that stands for services of AWS in the compose file. Brokers of one kind share it. */
export interface Emulator {
  /** Its name in the compose file. */
  readonly service: string;
  readonly port: number;
  /** Package and version of npm, and the command that it brings. */
  readonly package: string;
  readonly command: readonly string[];
  /** Settings by which it keeps its state in /data. */
  readonly environment: Readonly<Record<string, string>>;
}

const DONE = 'service_completed_successfully';

/** SQS and SNS: the topics of one deliver into the queues of the other. */
export const fauxqs: Emulator = {
  service: 'aws-emulator',
  port: 4566,
  package: emulators.fauxqs,
  command: ['fauxqs'],
  environment: { FAUXQS_DATA_DIR: '/data', FAUXQS_LOGGER: 'false', FAUXQS_PERSISTENCE: 'true' },
};

/** The folder is handed to whoever runs in the image, which a new volume takes over. */
const dockerfile = ({
  package: name,
  command,
}: Emulator): string => `# Stands for AWS on this machine; it takes any access key.
FROM ${images.node}
RUN npm install --global ${name} && mkdir /data && chown node /data
USER node
VOLUME /data
CMD ${JSON.stringify(command)}
`;

/**
 * The emulator, and a job that makes what the broker needs. All on loopback.
 * @param after brokers whose jobs have to be done before
 */
export const composeEmulator = (
  emulator: Emulator,
  access: BrokerAccess,
  after: readonly string[] = [],
): BrokerCompose => ({
  services: {
    [emulator.service]: serverOf(emulator),
    [`${access.id}-topology`]: topologyJob(emulator, access, after),
  },
  files: { [`brokers/${emulator.service}/Dockerfile`]: dockerfile(emulator) },
  volumes: [`${emulator.service}-data`],
  ready: { [`${access.id}-topology`]: DONE },
});

const serverOf = ({ service, port, environment }: Emulator): ComposeService => ({
  build: { context: `./brokers/${service}` },
  ...(Object.keys(environment).length > 0 ? { environment } : {}),
  ports: [`127.0.0.1:${port}:${port}`],
  volumes: [`${service}-data:/data`],
  healthcheck: {
    // Any answer will do.
    test: [
      'CMD',
      'node',
      '-e',
      `fetch('http://127.0.0.1:${port}/').then(() => process.exit(0), () => process.exit(1))`,
    ],
    interval: '5s',
    timeout: '3s',
    retries: 10,
  },
});

const topologyJob = (
  { service }: Emulator,
  { id, env, url, settings, toolSettings }: BrokerAccess,
  after: readonly string[],
): ComposeService => ({
  build: { context: '.', dockerfile: 'tools/Dockerfile' },
  command: ['node', 'tools/topology.ts', 'apply', id],
  env_file: ['secrets/operator.env'],
  environment: { [`${env}_URL`]: url.inside, ...settings, ...toolSettings },
  depends_on: {
    [service]: { condition: 'service_healthy' },
    ...Object.fromEntries(after.map((broker) => [`${broker}-topology`, { condition: DONE }])),
  },
  restart: 'no',
});
