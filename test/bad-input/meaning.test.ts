import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { Session } from '../../core/history/session.ts';
import { human } from '../../core/review/formats/human.ts';
import { review } from '../../core/review/review.ts';
import { load } from '../../core/text/load.ts';
import { exampleText, fileOf, generated, problemsOf } from '../generators/support.ts';

const head = 'brokerloom: 1\ndesign: { name: x }\n';
const rabbit = `${head}brokers: { b: { kind: rabbitmq } }\n`;

describe('case 76: a pattern that takes for ever', () => {
  test.each([
    ['brokerloom: 1\ndesign: { name: x, naming: { queues: "^(a+)+$" } }\n', 2],
    [`${head}messages:\n  m: { schema: { properties: { p: { type: string, pattern: "(a|aa)+$" } } } }\n`, 4],
    [`${head}messages:\n  m: { schema: { patternProperties: { "^(x*)*$": {} } } }\n`, 4],
  ])('is refused where it stands', (text, line) => {
    expect(load(text).problems).toMatchObject([{ code: 'LOOM_LIMIT', at: { line } }]);
  });

  test('and one that is no pattern is refused as such', () => {
    expect(load('brokerloom: 1\ndesign: { name: x, naming: { queues: "(" } }\n').problems).toMatchObject([
      { code: 'LOOM_SCHEMA', message: expect.stringContaining('not a regular expression') },
    ]);
  });

  test('a property that is called pattern is none', () => {
    expect(
      load(`${head}messages: { m: { schema: { properties: { pattern: { type: string } } } } }\n`).problems,
    ).toEqual([]);
  });
});

test('case 77: a newer format is shown and cannot be edited', () => {
  const text = exampleText('fulfilment').replace('brokerloom: 1', 'brokerloom: 99');
  const session = new Session(text);
  expect(
    session.run('element.set', { address: 'services/payment', field: ['owner'], value: 'c' }),
  ).toMatchObject({
    ok: false,
  });
  expect(session.text).toBe(text);
});

test('case 78: unknown keys are kept through an edit, and pointed out', () => {
  const text = `${head}services:\n  a: { colour: red } # why\nfuture: { b: 1 }\n`;
  const session = new Session(text);
  expect(session.loaded.notices).toMatchObject([{ id: 'document/unknown-key', field: 'colour' }]);
  session.run('element.set', { address: 'services/a', field: ['owner'], value: 'team' });
  expect(parse(session.text)).toMatchObject({
    services: { a: { colour: 'red', owner: 'team' } },
    future: { b: 1 },
  });
  expect(session.text).toContain('# why');
});

describe('case 80: a schema that refers to another place', () => {
  test.each([
    'http://127.0.0.1:1/s.json',
    'https://example.com/s.json',
    'file:///etc/passwd',
    'other.json',
    '../../s.json',
  ])('%s is refused and never fetched', (reference) => {
    const fetching = vi.spyOn(globalThis, 'fetch');
    const text = `${rabbit}messages: { m: { schema: { $ref: "${reference}" }, examples: [{ a: 1 }] } }\n`;
    expect(problemsOf(text)).toMatchObject([{ code: 'LOOM_UNSUPPORTED', element: 'messages/m' }]);
    expect(fetching).not.toHaveBeenCalled();
    fetching.mockRestore();
  });
});

describe('case 81', () => {
  test('a reference to nothing is a finding, and is not generated', () => {
    const text = `${rabbit}queues: { q: { broker: b } }\nconsumers: { c: { channel: nowhere } }\n`;
    const { design, source } = load(text);
    const ids = review({ design, source } as never).findings.map(({ ruleId }) => ruleId);
    expect(ids).toContain('document/unknown-reference');
    expect(problemsOf(text)).toMatchObject([{ code: 'LOOM_REFERENCE', element: 'consumers/c' }]);
  });

  test('exchanges that lead nowhere but to each other are a finding', () => {
    const { design, source } = load(`${rabbit}exchanges: { x: { broker: b }, y: { broker: b } }
bindings: { xy: { source: x, destination: y }, yx: { source: y, destination: x } }
messages: { m: {} }
producers: { p: { channel: x, messages: [m] } }
`);
    const ids = review({ design, source } as never).findings.map(({ ruleId }) => ruleId);
    expect(ids).toContain('pattern/topic-without-subscriber');
  });
});

/** The example with attributes on its broker that no attribute of the model reads. */
const withOnBroker = (attributes: string): string =>
  exampleText('fulfilment').replace('kind: rabbitmq', `kind: rabbitmq\n    ${attributes}`);

test.each(['-1', '65536', '"80; rm"'])('case 82: the port %s reaches no file', (port) => {
  const text = withOnBroker(`port: ${port}`);
  expect(load(text).notices).toMatchObject([{ id: 'document/unknown-key', field: 'port' }]);
  expect([...generated(text)]).toEqual([...generated(exampleText('fulfilment'))]);
});

test('case 83: retries below zero, without number or without end are refused', () => {
  for (const attempts of ['-2', '.inf', '.nan', '1001', '2.5'])
    expect(load(`${head}retryPolicies:\n  r: { maxAttempts: ${attempts} }\n`).problems).toMatchObject([
      { code: 'LOOM_SCHEMA', at: { line: 4 } },
    ]);
  const endless = exampleText('fulfilment').replaceAll('maxAttempts: 3', 'maxAttempts: -1');
  expect(problemsOf(endless)[0]).toMatchObject({ message: expect.stringContaining('without end') });
});

describe('case 84: a password in a URL', () => {
  const text = exampleText('fulfilment').replace(
    'owner: team-payments',
    'owner: "amqps://wiki:hunter2@mq.example.com/x"\n    runbock: "https://a:hunter2@b"',
  );

  test('is pointed out', () => {
    expect(load(text).notices).toContainEqual(
      expect.objectContaining({ id: 'document/password-in-url', at: 'services/payment', field: 'owner' }),
    );
    const placeholder = text.replaceAll('hunter2', '${PASSWORD}');
    expect(load(placeholder).notices.map(({ id }) => id)).not.toContain('document/password-in-url');
  });

  test('is in no finding and no generated file', () => {
    const { design, source } = load(text);
    const report = review({ design, source } as never);
    expect(report.findings.map(({ ruleId }) => ruleId)).toContain('document/password-in-url');
    const style = new Proxy({}, { get: () => (part: string) => part }) as never;
    const printed = human([{ file: 'a', text, report }], { style, version: '1' });
    expect(printed).toContain('amqps://wiki:***@mq.example.com/x');
    expect(`${printed}${JSON.stringify(report)}`).not.toContain('hunter2');
    const tree = generated(text);
    expect([...tree.values()].filter(({ content }) => content.includes('hunter2'))).toEqual([]);
    expect(fileOf(tree, 'README.md')).toContain('wiki:\\*\\*\\*@mq.example.com');
  });
});

test.each([
  'privileged: true',
  'volumes: [/var/run/docker.sock:/var/run/docker.sock]',
  'ports: ["0.0.0.0:5672:5672"]',
])('case 85: %s reaches no compose file, which listens on loopback only', (attribute) => {
  const compose = fileOf(generated(withOnBroker(attribute)), 'docker-compose.yml');
  expect(compose).toBe(fileOf(generated(exampleText('fulfilment')), 'docker-compose.yml'));
  const { services } = parse(compose) as { services: Record<string, { ports?: string[] }> };
  const ports = Object.values(services).flatMap((service) => service.ports ?? []);
  expect(ports.length).toBeGreaterThan(0);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});
