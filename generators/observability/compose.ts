import type { ComposeService } from '../broker.ts';
import { images } from '../compose/images.ts';

/** Names in the compose file; no broker or service may take them. */
export const OBSERVERS = { prometheus: 'Prometheus', grafana: 'Grafana' } as const;

/** Not started unless asked for: `docker compose --profile observability up`. */
const profiles = ['observability'];

export const observerVolumes = ['prometheus-data', 'grafana-data'] as const;

/** Prometheus and Grafana, on loopback. */
export const composeObservers = (): Readonly<Record<keyof typeof OBSERVERS, ComposeService>> => ({
  prometheus: {
    image: images.prometheus,
    profiles,
    command: [
      '--config.file=/etc/prometheus/prometheus.yml',
      '--storage.tsdb.path=/prometheus',
      '--storage.tsdb.retention.time=15d',
    ],
    ports: ['127.0.0.1:9090:9090'],
    volumes: [
      './observability/prometheus.yml:/etc/prometheus/prometheus.yml:ro',
      './observability/alerts.yml:/etc/prometheus/alerts.yml:ro',
      'prometheus-data:/prometheus',
    ],
    healthcheck: healthcheck('http://127.0.0.1:9090/-/ready'),
  },
  grafana: {
    image: images.grafana,
    profiles,
    // Name and password of its one user; it would otherwise have one that everybody knows.
    env_file: ['secrets/grafana.env'],
    environment: {
      GF_USERS_ALLOW_SIGN_UP: 'false',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    },
    ports: ['127.0.0.1:3000:3000'],
    volumes: [
      './observability/grafana/datasources.yml:/etc/grafana/provisioning/datasources/workspace.yml:ro',
      './observability/grafana/dashboards.yml:/etc/grafana/provisioning/dashboards/workspace.yml:ro',
      './observability/grafana/dashboards:/etc/grafana/dashboards:ro',
      'grafana-data:/var/lib/grafana',
    ],
    healthcheck: healthcheck('http://127.0.0.1:3000/api/health'),
    depends_on: { prometheus: { condition: 'service_healthy' } },
  },
});

const healthcheck = (url: string) => ({
  test: ['CMD', 'wget', '-q', '--spider', url],
  interval: '10s',
  timeout: '5s',
  retries: 6,
  start_period: '10s',
});
