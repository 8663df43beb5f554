import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ruleIndex } from '../../../scripts/lib/ruleIndex.ts';

const folder = new URL('../../../docs/rules/', import.meta.url);
const index = readFileSync(new URL('README.md', folder), 'utf8');

test('the index of the rules is current', () => {
  expect(index).toBe(ruleIndex());
});

test('what it links to is there', () => {
  const links = [...index.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '');
  expect(links.length).toBeGreaterThan(90);
  expect(links.filter((link) => !existsSync(new URL(link, folder)))).toEqual([]);
});

test('every question and gotcha has rules', () => {
  const [, byQuestion = '', byGotcha = ''] = index.split(/^## /m);
  for (const row of [...byQuestion.matchAll(/^\| ([A-Z].*\?) \| (.*?) \|/gm)])
    expect(row[2], row[1]).not.toBe('–');
  expect([...byGotcha.matchAll(/^\| .+ \| –/gm)]).toEqual([]);
});
