import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Graph } from '../../core/design/graph.ts';
import { drawingOf } from '../../core/drawing/drawing.ts';
import { boxAt, overlaps } from '../../core/drawing/geometry.ts';
import { checklistOf } from '../../core/review/checklist/checklist.ts';
import { review } from '../../core/review/review.ts';
import { canonical } from '../../core/text/canonical.ts';
import { templateList } from '../../examples/templates.ts';
import { reviewable } from '../core/rules/tester.ts';
import { generated } from '../generators/support.ts';

test('every design of the folder is a template', () => {
  const files = readdirSync('examples').filter((file) => file.endsWith('.loom.yaml'));
  expect(files.sort()).toEqual(templateList.map(({ id }) => `${id}.loom.yaml`).sort());
});

describe.each(templateList.filter(({ exercise }) => !exercise))('$id', ({ id, text }) => {
  const subject = reviewable(text);
  const report = review(subject);

  test('has no finding and leaves nothing unknown', () => {
    expect(report.findings.map(({ ruleId, element }) => `${ruleId} ${element}`)).toEqual([]);
    expect(report.unknowns).toEqual([]);
  });

  test('answers the checklist without a fail, a warning or a question left open', () => {
    const { fail, warn, unknown, pass } = checklistOf(subject, report).counts;
    expect({ fail, warn, unknown }).toEqual({ fail: 0, warn: 0, unknown: 0 });
    expect(pass).toBeGreaterThan(10);
  });

  test('is called what its file is called, and is in canonical order', () => {
    expect(subject.design.design.name).toBe(id);
    expect(canonical(subject.source)).toEqual({ ok: true, value: text });
  });

  test('is drawn without one element on another', () => {
    const { scene, positions, groups } = drawingOf(Graph.of(subject.design));
    const boxes = scene.nodes.map(({ address, size }) => ({
      address,
      ...boxAt(positions.get(address) ?? [Number.NaN, Number.NaN], size),
    }));
    for (const { address } of scene.nodes.filter(({ origin }) => !origin))
      expect(subject.design.layout.has(address), address).toBe(true);
    for (const [index, box] of boxes.entries())
      for (const other of boxes.slice(index + 1))
        expect(overlaps(box, other) ? `${box.address} on ${other.address}` : '').toBe('');
    for (const [index, group] of groups.entries())
      for (const other of groups.slice(index + 1)) expect(overlaps(group.box, other.box)).toBe(false);
  });

  test('is generated', () => {
    expect(generated(text).size).toBeGreaterThan(100);
  });
});
