import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { biomeFindings } from '../biome.ts';
import { exampleText, fileOf, generated } from '../support.ts';
import { composeErrors } from './schema.ts';

interface Service {
  image?: string;
  build?: unknown;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: unknown;
  environment?: Record<string, string>;
  env_file?: string[];
  profiles?: string[];
  restart?: string;
}

const tree = generated(exampleText('fulfilment'));
const file: { services: Record<string, Service>; volumes: object } = parse(
  fileOf(tree, 'docker-compose.yml'),
);
const services = Object.entries(file.services);
const jobs = new Set(['work-topology', 'store-first-start']);

describe('docker-compose.yml', () => {
  test('fits the Compose Specification', () => {
    expect(composeErrors(file)).toEqual([]);
    expect(composeErrors({ services: { x: { image: 1, ports: 'no' } } })).not.toEqual([]);
  });

  test('has the brokers, the store and every service', () => {
    expect(Object.keys(file.services).sort()).toEqual([
      'email',
      'grafana',
      'labels',
      'order',
      'payment',
      'prometheus',
      'shipping',
      'store',
      'store-first-start',
      'tracking',
      'warehouse',
      'work',
      'work-topology',
    ]);
  });

  test('listens on loopback only', () => {
    const ports = services.flatMap(([, { ports = [] }]) => ports);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  test('names a version for each image', () => {
    for (const [name, { image, build }] of services) {
      if (build === undefined) expect(image, name).toMatch(/^[a-z/]+:v?\d+\.\d+/);
    }
  });

  test('checks the health of all, and starts services after what they need is healthy', () => {
    for (const [name, { healthcheck }] of services)
      if (!jobs.has(name)) expect(healthcheck, name).toBeDefined();
    const done = { condition: 'service_completed_successfully' };
    expect(file.services['order']?.depends_on).toEqual({ 'work-topology': done });
    expect(file.services['payment']?.depends_on).toEqual({
      'work-topology': done,
      store: { condition: 'service_healthy' },
      'store-first-start': done,
    });
  });

  test('runs jobs once, each before the services that need it, so that `up --wait` does not take their end for a failure', () => {
    for (const job of jobs) {
      expect(file.services[job]?.restart, job).toBe('no');
      const waiting = services.filter(([, { depends_on }]) => depends_on?.[job]);
      expect(waiting.length, job).toBeGreaterThan(0);
    }
    for (const [name, { restart }] of services) if (!jobs.has(name)) expect(restart).toBe('unless-stopped');
  });

  test('carries no credentials', () => {
    const text = fileOf(tree, 'docker-compose.yml');
    // Names of variables that the container expands are none.
    expect(text.replaceAll('$$STORE_PASSWORD', '')).not.toMatch(/guest|password|PASSWORD|:\/\/[^/\s]*@/);
    for (const [name, { build, env_file }] of services)
      if (build) expect(env_file).toEqual([`secrets/${jobs.has(name) ? 'operator' : name}.env`]);
  });

  const isGenerated = (path: string) =>
    tree.has(path) || [...tree.keys()].some((file) => file.startsWith(`${path}/`));

  test('mounts only files that are generated or made by the set-up', () => {
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes).map((v) => v.split(':')[0] ?? '');
    for (const path of mounted.filter((p) => p.startsWith('./')))
      expect(path.startsWith('./secrets/') || isGenerated(path.slice(2)), path).toBe(true);
  });

  test('starts Prometheus and Grafana on demand alone, Grafana with a password of its own', () => {
    const profiles = services.filter(([, service]) => service.profiles);
    expect(profiles.map(([name, service]) => [name, service.profiles])).toEqual([
      ['prometheus', ['observability']],
      ['grafana', ['observability']],
    ]);
    expect(file.services['grafana']?.env_file).toEqual(['secrets/grafana.env']);
    expect(fileOf(tree, 'tools/setup.ts')).toContain("['GF_SECURITY_ADMIN_PASSWORD'] ??= randomBytes(");
  });

  test('gives two brokers ports and variables of their own', () => {
    const two = generated(`brokerloom: 1
design: { name: two }
brokers: { first: { kind: rabbitmq }, second: { kind: rabbitmq } }
services: { relay: {} }
messages: { job: { examples: [{}] } }
queues: { in: { broker: first, deadLetter: true }, out: { broker: second, deadLetter: true } }
producers: { a: { channel: in, messages: [job] }, b: { service: relay, channel: out, messages: [job] } }
consumers: { c: { service: relay, channel: in, idempotency: standard }, d: { channel: out, idempotency: standard } }
`);
    const { services } = parse(fileOf(two, 'docker-compose.yml')) as { services: Record<string, Service> };
    expect(services['first']?.ports).toEqual(['127.0.0.1:5672:5672', '127.0.0.1:15672:15672']);
    expect(services['second']?.ports).toEqual(['127.0.0.1:5673:5672', '127.0.0.1:15673:15672']);
    expect(services['relay']?.environment).toMatchObject({
      FIRST_URL: 'amqp://first:5672/two',
      SECOND_URL: 'amqp://second:5672/two',
    });
    expect(fileOf(two, '.env.example')).toContain('SECOND_URL=amqp://127.0.0.1:5673/two');
    expect(fileOf(two, 'services/relay/src/main.ts')).toContain("second: rabbitmqFromEnv('SECOND'),");
    expect(biomeFindings(two)).toBe('');
  });
});
