import type { BrokerCompose, ComposeService } from '../broker.ts';
import { images } from '../compose/images.ts';
import type { KafkaPlan } from './plan.ts';
import { PORTS } from './server.ts';
import { OPERATOR } from './users.ts';

/** One node for work on this machine, a job that makes users and topics, and a console on demand. All on loopback. */
export const composeKafka = (plan: KafkaPlan): BrokerCompose => ({
  services: {
    [plan.id]: node(plan),
    [`${plan.id}-topology`]: topology(plan),
    [`${plan.id}-console`]: kafkaConsole(plan),
  },
  volumes: [`${plan.id}-data`],
  ready: { [`${plan.id}-topology`]: 'service_completed_successfully' },
});

const node = ({ id, image, port }: KafkaPlan): ComposeService => ({
  image,
  hostname: id,
  command: ['bash', '/etc/kafka/workspace/start.sh'],
  ports: [`127.0.0.1:${port}:${PORTS.outside}`],
  volumes: [
    `./brokers/${id}/server.properties:/etc/kafka/workspace/server.properties:ro`,
    `./brokers/${id}/start.sh:/etc/kafka/workspace/start.sh:ro`,
    `./secrets/${id}/operator.scram:/etc/kafka/workspace/operator.scram:ro`,
    `${id}-data:/var/lib/kafka/data`,
  ],
  healthcheck: {
    test: [
      'CMD',
      '/opt/kafka/bin/kafka-broker-api-versions.sh',
      '--bootstrap-server',
      `localhost:${PORTS.local}`,
    ],
    interval: '10s',
    timeout: '10s',
    retries: 12,
    start_period: '30s',
  },
  // A clean stop hands over and closes the log; without it the next start has to check the whole log.
  stop_grace_period: '60s',
});

const topology = ({ id, env, url, toolSettings }: KafkaPlan): ComposeService => ({
  build: { context: '.', dockerfile: 'tools/Dockerfile' },
  command: ['node', 'tools/topology.ts', 'apply', id],
  env_file: [`secrets/${OPERATOR}.env`],
  environment: { [`${env}_URL`]: url.inside, ...toolSettings },
  volumes: [`./secrets/${id}/users.json:/app/secrets/${id}/users.json:ro`],
  depends_on: { [id]: { condition: 'service_healthy' } },
  restart: 'no',
});

/** https://ui.docs.kafbat.io; signs in as the operator, with its password. */
const kafkaConsole = ({ id, port }: KafkaPlan): ComposeService => ({
  image: images.kafkaConsole,
  profiles: ['ui'],
  ports: [`127.0.0.1:${8090 + (port - PORTS.inside)}:8080`],
  env_file: [`secrets/${id}/console.env`],
  environment: {
    AUTH_TYPE: 'LOGIN_FORM',
    KAFKA_CLUSTERS_0_NAME: id,
    KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS: `${id}:${PORTS.inside}`,
    KAFKA_CLUSTERS_0_PROPERTIES_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
    KAFKA_CLUSTERS_0_PROPERTIES_SASL_MECHANISM: 'SCRAM-SHA-512',
  },
  depends_on: { [id]: { condition: 'service_healthy' } },
});
