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

/** The strings with the marks of some probes, by file, in files that a program reads. */
function foundOf(tree: OutputTree, probes: readonly Probe[]): Map<string, string[]> {
  const isMarked = (text: string): boolean => probes.some(({ mark }) => text.includes(mark));
  const found = new Map<string, string[]>();
  for (const [path, { content }] of tree) {
    if (path.startsWith('messaging/') || !isMarked(content)) continue;
    const strings = stringsOf(path, content)?.filter(isMarked);
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
    const found = tree && some.find((probe) => foundOf(tree, [probe]).size > 0);
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

const asRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const asJson = (text: string): string => JSON.stringify(text).slice(1, -1);
/** Line ends become spaces in Markdown, where they would end a cell or begin a list. */
const onOneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ');
/** Annotations of alerts are templates of Go. */
const asTemplate = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');

/** How a text is written inside a string of a file that has a grammar of its own; elsewhere it stands as it is. */
const grammars: readonly (readonly [RegExp, readonly ((text: string) => string)[]])[] = [
  [/\.md$/, [onOneLine, (text) => onOneLine(asJson(text))]],
  // Permissions of RabbitMQ are regular expressions.
  [/\/users\.json$/, [asRegex]],
  // Expressions of Prometheus hold strings, and regular expressions in them.
  [/^observability\//, [asJson, (text) => asJson(asRegex(text)), asTemplate]],
];

/** What a text may look like at its place: itself, or itself as the grammar of that place writes it. */
function formsOf({ name }: Field, path: string, text: string): string[] {
  // Names of folders, databases and the like are made from the name of the design.
  const texts = name === 'design.name' ? [text, kebabCase(text)] : [text];
  const written = grammars.find(([pattern]) => pattern.test(path))?.[1] ?? [];
  return texts.flatMap((one) => [one, ...written.map((write) => write(one))]);
}

/** What a string becomes when the plain text of each probe in it is replaced by another, in any of its forms. */
function becomes(plainly: string, group: readonly Probe[], path: string, text: string): RegExp {
  const pattern = group.reduce((sum, { field, mark }) => {
    const forms = formsOf(field, path, `${mark}${text}`).map((form) => asRegex(form.trimEnd()));
    return sum.replaceAll(`${mark}plain`, () => `(?:${forms.join('|')})\\s*`);
  }, asRegex(plainly));
  return new RegExp(`^\\s*${pattern}\\s*$`);
}

describe.each(corpus)('the text %j', (text) => {
  test.each(groups.map((group, at) => [at, group] as const))(
    'keeps its exact value in every file, group %i',
    (_, group) => {
      const plain = treeWith(group, 'plain') as OutputTree;
      const tree = treeWith(group, text) as OutputTree;
      expect(tree).toBeDefined();
      for (const [path, strings] of foundOf(plain, group)) {
        const found = foundOf(tree, group).get(path) ?? [];
        expect({ path, count: found.length }).toEqual({ path, count: strings.length });
        for (const [at, plainly] of strings.entries())
          expect(found[at], path).toMatch(becomes(plainly, group, path, text));
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
