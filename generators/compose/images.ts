/**
 * Container images of generated compose files, as of 2026-11. Tags name a version, never `latest`; the broker's follows
 * the design.
 */
export const images = {
  node: 'node:24.21.0-slim',
  rabbitmq: {
    /** Version where the design gives none. */
    version: '4.3',
    tag: (version: string): string => `rabbitmq:${version}-management`,
  },
  kafka: {
    version: '4.2',
    tag: (version: string): string => `apache/kafka:${version}`,
  },
  /** Console for Kafka (Apache-2.0). */
  kafkaConsole: 'ghcr.io/kafbat/kafka-ui:v1.3.0',
  /** Of Celery workers. */
  python: 'python:3.13.11-slim',
  postgres: 'postgres:18.1',
  redis: 'redis:8.2',
  prometheus: 'prom/prometheus:v3.13.1',
  grafana: 'grafana/grafana:13.1.1',
} as const;

/** Emulators from npm, which run in the image of Node, as of 2026-11. */
export const emulators = {
  fauxqs: 'fauxqs@2.4.1',
  kinesalite: 'kinesalite@3.3.3',
} as const;
