import type { BrokerCompose } from '../broker.ts';
import type { CeleryPlan } from './plan.ts';

/** Nothing of its own runs but, on RabbitMQ, the job that makes the queues of the tasks. */
export function composeCelery({ id, env, url, carried }: CeleryPlan): BrokerCompose {
  if (carried?.kind !== 'rabbitmq') return { services: {}, volumes: [], ready: {} };
  const job = `${id}-topology`;
  return {
    services: {
      [job]: {
        build: { context: '.', dockerfile: 'tools/Dockerfile' },
        command: ['node', 'tools/topology.ts', 'apply', id],
        env_file: ['secrets/operator.env'],
        environment: { [`${env}_URL`]: url.inside },
        depends_on: { [carried.by]: { condition: 'service_healthy' } },
        restart: 'no',
      },
    },
    volumes: [],
    ready: { [job]: 'service_completed_successfully' },
  };
}
