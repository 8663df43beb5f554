import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Part, Parts } from '../../../core/kinds/attribute.ts';
import { deadLetterParts } from '../../../core/kinds/deadLetter.ts';
import { designAttributes } from '../../../core/kinds/design/index.ts';
import { channelSections, kinds } from '../../../core/kinds/registry.ts';

/** An attribute that the model must have: under its own name, under others, or left out for a reason. */
interface Entry {
  readonly kind: string;
  readonly attribute: string;
  readonly as?: readonly string[];
  readonly leftOut?: string;
}

const catalogue: readonly Entry[] = JSON.parse(
  readFileSync(new URL('catalogue.json', import.meta.url), 'utf8'),
);

/** Attributes of each kind in the catalogue; `channel` stands for what all four kinds of channels have. */
const models: Readonly<Record<string, readonly Parts[]>> = {
  design: [designAttributes],
  channel: channelSections.map((section) => kinds[section].attributes),
  deadLetter: [deadLetterParts],
  ...Object.fromEntries(Object.values(kinds).map(({ id, attributes }) => [id, [attributes]])),
};

function partAt(parts: Parts, path: string): Part | undefined {
  const [name = '', ...rest] = path.split('.');
  const list = name.endsWith('[]');
  const part = parts[list ? name.slice(0, -2) : name];
  return rest.length === 0 ? part : partAt((list ? part?.items : part?.parts) ?? {}, rest.join('.'));
}

const isThere = ({ kind, attribute, as = [attribute] }: Entry): boolean =>
  (models[kind] ?? [{}]).every((parts) => as.every((path) => partAt(parts, path) !== undefined));

it('lists no attribute twice', () => {
  const names = catalogue.map(({ kind, attribute }) => `${kind}.${attribute}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names.length).toBeGreaterThan(250);
});

it('has every attribute in the model, or says why not', () => {
  expect(catalogue.filter((entry) => entry.leftOut === undefined && !isThere(entry))).toEqual([]);
});

it('leaves out only what is missing, each with a reason', () => {
  const leftOut = catalogue.filter((entry) => entry.leftOut !== undefined);
  expect(leftOut.filter((entry) => isThere({ ...entry, kind: entry.kind }))).toEqual([]);
  expect(leftOut.filter(({ leftOut: reason = '' }) => !/^[A-Z].{20,}\.$/.test(reason))).toEqual([]);
});

it('finds an attribute that is missing', () => {
  expect(isThere({ kind: 'consumer', attribute: 'share.lockDuration' })).toBe(true);
  expect(isThere({ kind: 'consumer', attribute: 'share.lockTime' })).toBe(false);
  expect(isThere({ kind: 'channel', attribute: 'type' })).toBe(false);
  expect(isThere({ kind: 'nothing', attribute: 'type' })).toBe(false);
});
