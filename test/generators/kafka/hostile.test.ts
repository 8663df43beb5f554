import { parseSync } from '@swc/core';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { OutputTree } from '../../../generators/index.ts';
import { biomeFindings } from '../biome.ts';
import { awkwardLog, awkwardNames, corpus, poisonedLog } from '../corpus.ts';
import { fileOf, generated } from '../support.ts';

const codeOf = (tree: OutputTree): [string, string][] =>
  [...tree]
    .filter(([path]) => path.endsWith('.ts') && !path.startsWith('messaging/'))
    .map(([path, { content }]) => [path, content]);

/** Number of statements of each file: text that became code would change it. */
const statementsOf = (tree: OutputTree): string[] =>
  codeOf(tree).map(([path, code]) => `${path} ${parseSync(code, { syntax: 'typescript' }).body.length}`);

function stringsOf(code: string): string[] {
  const found: string[] = [];
  JSON.stringify(parseSync(code, { syntax: 'typescript', target: 'es2022' }), (_key, node) => {
    if (node?.type === 'StringLiteral') found.push(node.value);
    return node;
  });
  return found;
}

const plain = statementsOf(generated(poisonedLog('plain')));

describe.each(corpus)('on Kafka, the text %j', (text) => {
  const tree = generated(poisonedLog(text));

  test('keeps its exact value in code and JSON', () => {
    const group = `group ${text}`;
    const { users } = JSON.parse(fileOf(tree, 'brokers/events/topics.json'));
    expect(JSON.stringify(users)).toContain(JSON.stringify(group));
    const service = stringsOf(fileOf(tree, 'services/billing/src/service.ts'));
    expect(service).toEqual(expect.arrayContaining([group, text]));
    const pointer = stringsOf(fileOf(tree, 'services/accounts/src/producers.ts')).find((s) =>
      s.startsWith('/'),
    );
    expect(pointer?.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')).toBe(`extra ${text}`);
  });

  test('changes no code beside the places where it stands', () => expect(statementsOf(tree)).toEqual(plain));

  test('changes neither the broker nor what is run', () => {
    const clean = generated(poisonedLog('plain'));
    for (const path of ['brokers/events/server.properties', 'brokers/events/start.sh', 'tools/Dockerfile'])
      expect(fileOf(tree, path)).toBe(fileOf(clean, path));
    const services = (from: OutputTree) => Object.keys(parse(fileOf(from, 'docker-compose.yml')).services);
    expect(services(tree)).toEqual(services(clean));
  });

  test('is no markup in Markdown', () => {
    for (const path of ['README.md', 'brokers/events/README.md'])
      expect(fileOf(tree, path).replace(/(`+)[^\n]*?\1/g, '')).not.toMatch(
        /<script|<!--|(?<!\\)\]\(javascript:/,
      );
  });
});

test('hostile text leaves the layout as formatters want it', () => {
  expect(biomeFindings(generated(poisonedLog(corpus.join(' ').slice(0, 150))), 'format')).toBe('');
});

test('names that are words of the language are told apart on Kafka as well', () => {
  const tree = generated(awkwardLog());
  expect(biomeFindings(tree)).toBe('');
  for (const name of awkwardNames)
    expect(fileOf(tree, `services/${name}/src/service.ts`)).toContain(`topic: 's-${name}'`);
});
