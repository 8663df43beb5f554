import type { BrokerCompose, ComposeService } from '../broker.ts';
import { redisHealthcheck, redisVolumes } from '../compose/redis.ts';
import type { RedisPlan } from './plan.ts';
import { OPERATOR } from './users.ts';

/** One Redis for work on this machine, and a job that makes its streams. All on loopback. */
export const composeRedis = (plan: RedisPlan): BrokerCompose => ({
  services: { [plan.id]: server(plan), [`${plan.id}-topology`]: topology(plan) },
  volumes: [`${plan.id}-data`],
  ready: { [`${plan.id}-topology`]: 'service_completed_successfully' },
});

const server = ({ id, image, port }: RedisPlan): ComposeService => ({
  image,
  command: ['redis-server', '/etc/redis/redis.conf'],
  ports: [`127.0.0.1:${port}:6379`],
  volumes: redisVolumes(id),
  healthcheck: redisHealthcheck,
});

const topology = ({ id, env, url }: RedisPlan): ComposeService => ({
  build: { context: '.', dockerfile: 'tools/Dockerfile' },
  command: ['node', 'tools/topology.ts', 'apply', id],
  env_file: [`secrets/${OPERATOR}.env`],
  environment: { [`${env}_URL`]: url.inside },
  depends_on: { [id]: { condition: 'service_healthy' } },
  restart: 'no',
});
