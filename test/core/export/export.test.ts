import { describe, expect, test } from 'vitest';
import { Graph } from '../../../core/design/graph.ts';
import { drawingOf } from '../../../core/drawing/drawing.ts';
import { designDocument } from '../../../core/export/document/document.ts';
import { exportName } from '../../../core/export/formats.ts';
import { mermaidOf } from '../../../core/export/mermaid.ts';
import { checklistOf } from '../../../core/review/checklist/checklist.ts';
import { review } from '../../../core/review/review.ts';
import { designOf, exampleText } from '../../generators/support.ts';
import { reviewable } from '../rules/tester.ts';

const mermaid = (text: string): string => mermaidOf(drawingOf(Graph.of(designOf(text))));

function document(text: string): string {
  const subject = reviewable(text);
  return designDocument({
    design: subject.design,
    checklist: checklistOf(subject, review(subject)),
    picture: { file: 'picture.svg' },
  });
}

test('the Mermaid flowchart of the e-commerce scenario', async () => {
  await expect(mermaid(exampleText('e-commerce'))).toMatchFileSnapshot('../../golden/export/e-commerce.mmd');
});

test('Mermaid takes nothing of a label for its own', () => {
  const chart = mermaid(`brokerloom: 1
design: { name: d }
brokers: { mq: { kind: rabbitmq } }
exchanges: { x: { broker: mq, type: topic } }
queues: { q: { broker: mq } }
bindings: { b: { source: x, destination: q, routingKey: 'a."b"|#' } }
`);
  expect(chart).toContain('n0 -->|"a.#34;b#34;|#35;"| n1');
});

describe('the design document', () => {
  test('of the e-commerce scenario', async () => {
    await expect(document(exampleText('e-commerce'))).toMatchFileSnapshot(
      '../../golden/export/e-commerce.md',
    );
  });

  test('says what keeps an answer from being a pass', () => {
    const text = document(exampleText('naive'));
    expect(text).toMatch(/\| Fail \| .*`idempotency\/[a-z-]+`/);
  });

  test('holds no cell that breaks its table, no HTML of the design and no password', () => {
    const text = document(`brokerloom: 1
design: { name: "<script>", description: "a | b" }
services:
  s: { owner: "x | y\\nz" }
alerts:
  a: { target: nowhere, metric: depth, owner: "amqp://me:secret@host" }
notes:
  n: { text: "<b>bold</b>\\n\\n- item" }
`);
    expect(text).not.toMatch(/(?<!\\)<script|<b>|secret/);
    expect(text).toContain('> - item');
    const rows = text.split('\n').filter((line) => line.startsWith('| `s`'));
    expect(rows).toEqual(['| `s` | `x \\| y z` |']);
  });
});

test.each([
  ['shop.loom.yaml', 'svg', 'shop.svg'],
  ['shop.yml', 'markdown', 'shop.md'],
  ['shop', 'mermaid', 'shop.mmd'],
] as const)('%s as %s is %s', (file, format, name) => expect(exportName(file, format)).toBe(name));
