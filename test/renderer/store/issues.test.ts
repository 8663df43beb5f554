import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Graph } from '../../../core/design/graph.ts';
import { Reviewer } from '../../../core/review/index.ts';
import { load } from '../../../core/text/load.ts';
import { badgesOf } from '../../../renderer/canvas/flow.ts';
import { markersOf } from '../../../renderer/editor/markersOf.ts';
import { reviewed } from '../../../renderer/store/issues.ts';

const naive = readFileSync(new URL('../../../examples/naive.loom.yaml', import.meta.url), 'utf8');
const issuesOf = (text: string) => {
  const loaded = load(text);
  return reviewed(loaded, loaded.design && Graph.of(loaded.design), new Reviewer(), {}).issues;
};

test('panel, badges and markers agree on number, severity and place', () => {
  const issues = issuesOf(naive);
  expect(issues.length).toBeGreaterThan(10);

  const badges = badgesOf(issues, []);
  const counted = [...badges.values()].reduce((sum, { text }) => sum + Number(text), 0);
  expect(counted).toBe(issues.filter(({ element }) => element).length);
  for (const [element, badge] of badges) {
    const own = issues.filter((issue) => issue.element === element);
    const worst = (['error', 'warn', 'info'] as const).find((severity) =>
      own.some((issue) => issue.severity === severity),
    );
    expect({ element, ...badge }).toMatchObject({ element, text: String(own.length), severity: worst });
    for (const { message } of own) expect(badge.title).toContain(message);
  }

  const markers = markersOf(issues);
  expect(markers).toHaveLength(issues.length);
  const lines = naive.split('\n');
  for (const [index, marker] of markers.entries()) {
    const issue = issues[index];
    expect(marker).toMatchObject({
      severity: issue?.severity,
      source: issue?.rule,
      startLineNumber: issue?.line,
    });
    expect(marker.endColumn).toBeGreaterThan(marker.startColumn);
    expect(lines[marker.startLineNumber - 1]?.length).toBeGreaterThanOrEqual(marker.endColumn - 1);
  }
});

test('a text that is no design has its problems in panel and text, and no badge', () => {
  const issues = issuesOf(`${naive}\n  - broken`);
  expect(issues.length).toBeGreaterThan(0);
  expect(badgesOf(issues, []).size).toBe(0);
  expect(markersOf(issues).map(({ source }) => source)).toEqual(issues.map(({ rule }) => rule));
});
