import { parseSync } from '@swc/core';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { OutputTree } from '../../generators/index.ts';
import { biomeFindings } from './biome.ts';
import { corpus, type Json, poisoned } from './corpus.ts';
import { fileOf, generated } from './support.ts';

/** Values of all string literals and property names of a TypeScript file; throws when it does not parse. */
function stringsOf(code: string): string[] {
  const found: string[] = [];
  JSON.stringify(parseSync(code, { syntax: 'typescript', target: 'es2022' }), (_key, node) => {
    if (node?.type === 'StringLiteral') found.push(node.value);
    return node;
  });
  return found;
}

function typescriptOf(tree: OutputTree): [string, string][] {
  return [...tree]
    .filter(([path]) => path.endsWith('.ts') && !path.startsWith('messaging/'))
    .map(([path, { content }]) => [path, content]);
}

const statementsOf = (tree: OutputTree): string[] =>
  typescriptOf(tree).map(
    ([path, code]) => `${path} ${parseSync(code, { syntax: 'typescript' }).body.length}`,
  );
const plainStatements = statementsOf(generated(poisoned('plain')));

describe.each(corpus)('the text %j', (text) => {
  const tree = generated(poisoned(text));

  test('keeps its exact value in JSON and YAML', () => {
    const definitions = JSON.parse(fileOf(tree, 'brokers/work/definitions.json'));
    expect(definitions.exchanges[0].name).toBe(text);
    expect(definitions.bindings.map((b: { routing_key: string }) => b.routing_key)).toContain(text);
    expect(definitions.bindings.map((b: { arguments: Json }) => b.arguments['carrier'])).toContain(text);
    expect(JSON.parse(fileOf(tree, 'contracts/examples/order.created.json'))[0].orderId).toBe(text);
    const schema = JSON.parse(fileOf(tree, 'contracts/schemas/order.created.json'));
    expect(schema.properties[`extra ${text}`].enum).toEqual([text, `other ${text}`]);
    expect(JSON.parse(fileOf(tree, 'package.json')).description).toBe(text);
    expect(JSON.parse(fileOf(tree, 'services/payment/package.json')).description).toBe(text);
    expect(Object.keys(parse(fileOf(tree, 'docker-compose.yml')).services)).toHaveLength(13);
  });

  test('keeps its exact value in TypeScript, which parses', () => {
    const files = typescriptOf(tree);
    expect(files.length).toBeGreaterThan(50);
    const strings = new Map(files.map(([path, code]) => [path, stringsOf(code)]));
    expect(strings.get('services/order/src/producers.ts')).toContain(text);
    expect(strings.get('services/payment/src/service.ts')).toContain(`queue ${text}`);
    expect(strings.get('services/shipping/src/producers.ts')).toContain(text);
    expect(strings.get('services/labels/src/service.ts')).toContain(text);
    expect(strings.get('contracts/messages/order.created.ts')).toContain(`extra ${text}`);
    expect(strings.get('contracts/messages/order.created.ts')).toContain(`other ${text}`);
  });

  test('changes no code beside the places where it stands', () => {
    expect(statementsOf(tree)).toEqual(plainStatements);
  });

  test('is no markup in Markdown', () => {
    const readme = fileOf(tree, 'README.md');
    expect(readme).not.toMatch(/<script|<!--|(?<!\\)\]\(javascript:/);
    const owner = readme.split('\n').find((line) => line.startsWith('| `payment` |')) ?? '';
    expect(owner.split(/(?<!\\)\|/)).toHaveLength(7);
  });
});

test('hostile text leaves the layout as formatters want it', () => {
  expect(biomeFindings(generated(poisoned(corpus.join(' ').slice(0, 150))), 'format')).toBe('');
});
