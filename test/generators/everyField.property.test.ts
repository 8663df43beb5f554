import { spawnSync } from 'node:child_process';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { load } from '../../core/text/load.ts';
import { generate, type OutputTree } from '../../generators/index.ts';
import { kebabCase } from '../../generators/kit/identifiers.ts';
import { type Field, fields } from '../bad-input/fields.ts';
import { corpus } from './corpus.ts';
import { stringsOf } from './strings.ts';
import { exampleText } from './support.ts';

type Json = Record<string, Record<string, Record<string, unknown>>>;

/** One text in one element of the example. The mark tells where it comes out. */
interface Probe {
  readonly field: Field;
  readonly id: string;
  readonly mark: string;
}

const example = parse(exampleText('fulfilment')) as Json;
const attributeOf = ({ name }: Field): string => name.split('.')[1]?.replace(/\[\]$/, '') ?? '';

function treeWith(probes: readonly Probe[], text: string): OutputTree | undefined {
  const design = structuredClone(example);
  for (const { field, id, mark } of probes) {
    const attribute = attributeOf(field);
    const value = field.element(`${mark}${text}`)[attribute];
    const element = field.section === 'design' ? design['design'] : design[field.section]?.[id];
    Object.assign(element ?? {}, { [attribute]: value });
  }
  const { design: loaded } = load(stringify(design, { aliasDuplicateObjects: false }));
  const result = loaded && generate(loaded);
  return result?.ok ? result.value : undefined;
}

/** Files by the strings of a probe in them: how often each comes out, in files that a program reads. */
function foundOf(tree: OutputTree, mark: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [path, { content }] of tree) {
    if (path.startsWith('messaging/') || !content.includes(mark)) continue;
    const strings = stringsOf(path, content)?.filter((text) => text.includes(mark));
    if (strings === undefined) throw new Error(`${path} holds text of the design and is not parsed here`);
    if (strings.length > 0) found.set(path, strings);
  }
  return found;
}

const probesOf = (field: Field): Probe[] =>
  (field.section === 'design' ? ['-'] : Object.keys(example[field.section] ?? {})).map((id, at) => ({
    field,
    id,
    mark: `q${fields.indexOf(field)}x${at}z`,
  }));

/** The first element in which a field comes out, if the design with it can be generated. */
function reaching(field: Field): Probe | undefined {
  const probes = probesOf(field);
  for (const some of [probes, ...probes.map((probe) => [probe])]) {
    const tree = treeWith(some, 'plain');
    const found = tree && some.find(({ mark }) => foundOf(tree, mark).size > 0);
    if (tree) return found;
  }
  return undefined;
}

/** Groups that can stand in one design: no two of them in one attribute, and the design can be generated. */
function groupsOf(probes: readonly Probe[]): Probe[][] {
  const groups: Probe[][] = [];
  for (const probe of probes) {
    const group = groups.find(
      (others) =>
        others.every(
          ({ field, id }) =>
            field.section !== probe.field.section ||
            id !== probe.id ||
            attributeOf(field) !== attributeOf(probe.field),
        ) && treeWith([...others, probe], 'plain') !== undefined,
    );
    if (group) group.push(probe);
    else groups.push([probe]);
  }
  return groups;
}

const reached = fields.filter(({ isFree }) => isFree).flatMap((field) => reaching(field) ?? []);
const groups = groupsOf(reached);

test('the fields that come out are found', () => {
  expect(reached.map(({ field }) => field.name)).toEqual(
    expect.arrayContaining([
      'design.name',
      'design.description',
      'services.owner',
      'messages.schema.*.<key>',
      'exchanges.name',
      'queues.name',
      'queues.retry.nonRetryable[]',
      'queues.deadLetter.routingKey',
      'bindings.routingKey',
      'bindings.headers.<key>',
      'producers.headers.*',
    ]),
  );
});

/** Line ends become spaces in Markdown, where they would end a cell or begin a list. */
const onOneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ');

/** What a text may look like at its place: itself, or itself as the grammar of that place writes it. */
function formsOf({ name }: Field, path: string, text: string): string[] {
  if (name === 'design.name')
    return [text, kebabCase(text)].map((form) => (path.endsWith('.md') ? onOneLine(form) : form));
  if (path.endsWith('.md')) return [text, JSON.stringify(text).slice(1, -1)].map(onOneLine);
  // Permissions of RabbitMQ are regular expressions.
  if (path.endsWith('users.json')) return [text, text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')];
  return [text];
}

describe.each(corpus)('the text %j', (text) => {
  test.each(groups.map((group, at) => [at, group] as const))(
    'keeps its exact value in every file, group %i',
    (_, group) => {
      const plain = treeWith(group, 'plain') as OutputTree;
      const tree = treeWith(group, text) as OutputTree;
      expect(tree).toBeDefined();
      for (const { field, mark } of group) {
        for (const [path, strings] of foundOf(plain, mark)) {
          const content = tree.get(path)?.content ?? '';
          const found = stringsOf(path, content)?.flatMap((one) => (one.includes(mark) ? [one.trim()] : []));
          const expected = strings.map((plainly, at) => {
            const forms = formsOf(field, path, `${mark}${text}`).map((form) =>
              plainly.replaceAll(`${mark}plain`, () => form).trim(),
            );
            return forms.find((form) => form === found?.[at]) ?? forms[0];
          });
          expect({ field: field.name, path, found }).toEqual({ field: field.name, path, found: expected });
        }
      }
    },
  );

  test.each(groups.map((group, at) => [at, group] as const))(
    'is nothing to a shell that reads the environment, group %i',
    (_, group) => {
      const content = treeWith(group, text)?.get('.env.example')?.content ?? '';
      const { stdout, stderr } = spawnSync('sh', ['-c', `set -a\n${content}\nenv -0`], {
        env: { PATH: process.env['PATH'] },
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      const read = new Map(stdout.split('\0').map((line) => line.split(/=(.*)/s, 2) as [string, string]));
      const given = Object.entries(parseEnv(content));
      expect(given.map(([name]) => [name, read.get(name)])).toEqual(given);
    },
  );
});
