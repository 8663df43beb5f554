import type { BrokerCompose, ComposeService } from '../broker.ts';
import type { RabbitPlan } from './plan.ts';
import { OPERATOR } from './users.ts';

/** One node for work on this machine; a cluster is set up where it runs. Listens on loopback only. */
export const composeRabbit = (plan: RabbitPlan): BrokerCompose => ({
  services: { [plan.id]: node(plan), [`${plan.id}-topology`]: topology(plan) },
  volumes: [`${plan.id}-data`],
  ready: { [`${plan.id}-topology`]: 'service_completed_successfully' },
});

const node = ({ id, image, offset }: RabbitPlan): ComposeService => ({
  image,
  hostname: id,
  ports: [`127.0.0.1:${5672 + offset}:5672`, `127.0.0.1:${15672 + offset}:15672`],
  volumes: [
    `./brokers/${id}/rabbitmq.conf:/etc/rabbitmq/conf.d/50-workspace.conf:ro`,
    `./brokers/${id}/definitions.json:/etc/rabbitmq/definitions.d/10-topology.json:ro`,
    `./secrets/${id}/users.json:/etc/rabbitmq/definitions.d/20-users.json:ro`,
    `${id}-data:/var/lib/rabbitmq`,
  ],
  healthcheck: {
    test: ['CMD', 'rabbitmq-diagnostics', '-q', 'check_port_connectivity'],
    interval: '5s',
    timeout: '10s',
    retries: 12,
    start_period: '20s',
  },
});

/** Adds what the design has gained since the broker was started: it reads its definitions only then. */
const topology = ({ id, env, url, management }: RabbitPlan): ComposeService => ({
  build: { context: '.', dockerfile: 'tools/Dockerfile' },
  command: ['node', 'tools/topology.ts', 'apply', id],
  env_file: [`secrets/${OPERATOR}.env`],
  environment: {
    [`${env}_URL`]: url.inside,
    ...(management ? { [`${env}_MANAGEMENT_URL`]: management.inside } : {}),
  },
  depends_on: { [id]: { condition: 'service_healthy' } },
  restart: 'no',
});
