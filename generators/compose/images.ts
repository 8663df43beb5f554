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
  redis: 'redis:8.2',
} as const;
