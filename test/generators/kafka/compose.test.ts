import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeErrors } from '../compose/schema.ts';
import { exampleText, fileOf, generated } from '../support.ts';

interface Service {
  readonly image?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly restart?: string;
  readonly profiles?: readonly string[];
  readonly build?: { readonly dockerfile: string };
}

const tree = generated(exampleText('event-log'));
const text = fileOf(tree, 'docker-compose.yml');
const file: { services: Record<string, Service>; volumes: object } = parse(text);
const services = Object.entries(file.services);
const isGenerated = (path: string): boolean =>
  tree.has(path) || [...tree.keys()].some((file) => file.startsWith(`${path}/`));

test('fits the Compose Specification', () => expect(composeErrors(file)).toEqual([]));

test('has the broker, the job that sets it up, its console, the store and every service', () => {
  expect(Object.keys(file.services)).toEqual(
    expect.arrayContaining([
      'events',
      'events-topology',
      'events-console',
      'store',
      'accounts',
      'billing',
      'search',
    ]),
  );
  expect(Object.keys(file.volumes)).toEqual(expect.arrayContaining(['events-data', 'store-data']));
});

test('listens on loopback only, carries no password, and names a version of each image', () => {
  for (const [name, { ports = [], image = '' }] of services) {
    for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    if (image !== '') expect(image, name).toMatch(/:v?\d+\.\d+/);
  }
  expect(JSON.stringify(file.services['events'])).not.toMatch(/PASSWORD|password/);
  expect(text).not.toMatch(/:\/\/[^/\s]*@/);
});

test('a job ends once, as a text for every parser, and each service that needs it waits for its success', () => {
  expect(text).toContain('restart: "no"');
  for (const name of ['accounts', 'billing', 'search'])
    expect(file.services[name]?.depends_on?.['events-topology']).toEqual({
      condition: 'service_completed_successfully',
    });
});

test('mounts only files that are generated or made by the set-up, and builds only from such', () => {
  for (const [name, { volumes = [], build }] of services) {
    for (const path of volumes.map((volume) => volume.split(':')[0] ?? '').filter((p) => p.startsWith('./')))
      expect(path.startsWith('./secrets/') || isGenerated(path.slice(2)), `${name} ${path}`).toBe(true);
    if (build) expect(tree.has(build.dockerfile)).toBe(true);
  }
});

test('an image of the tools holds all that the tools import', () => {
  const copied = fileOf(tree, 'tools/Dockerfile')
    .split('\n')
    .filter((line) => line.startsWith('COPY '))
    .flatMap((line) => line.split(' ').slice(1, -1));
  expect(copied).toEqual([
    'package.json',
    'package-lock.json',
    'contracts',
    'messaging',
    'services',
    'brokers',
    'tools',
  ]);
});
