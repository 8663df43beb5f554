import { expect, test } from 'vitest';
import type { Style } from '../../../../core/review/formats/format.ts';
import { human } from '../../../../core/review/formats/human.ts';
import { review } from '../../../../core/review/review.ts';
import { reviewable } from '../../rules/tester.ts';
import { someRules } from '../selection.ts';
import { sample } from './sample.ts';

test('shows position, sentence, source line with caret, consequence, fix and what is unknown', () => {
  expect(human([sample('a.loom.yaml')])).toBe(`\
a.loom.yaml:6:3 error Queue jobs has no dead-letter queue for what work and help cannot process. dlq/required
6 |   jobs: { broker: mq } # tab here
  |   ^^^^
  A message that fails every attempt is dropped by the broker or redelivered without end.
  suggestion: Add dead-letter queue jobs.dlq

a.loom.yaml:8:3 error Consumer work repeats its side effects (<b>a|b</b>) at a second delivery: it states no idempotency strategy. idempotency/consumer-strategy-declared
8 |   work: { channel: jobs, ack: before, sideEffects: ["<b>a|b</b>"] }
  |   ^^^^
  A redelivery after a crash or a cut connection carries out the effect twice.
  suggestion: Remember processed messages in a key store

a.loom.yaml:12:3 info Flow measure does not state which order its consumers rely on. ordering/requirement-stated
12 |   measure: { criticality: lossTolerant }
   |   ^^^^^^^
   A second worker or a retry may reorder messages that somebody assumed to be in order.
   (one step milder, since losing a message is accepted here)

unknown consumers.sideEffects would decide 1 rule: idempotency/consumer-strategy-declared
  What the handler changes outside itself; an empty list states that it changes nothing.
  missing on consumers/help

1 design: 2 errors, 0 warnings, 1 info, 1 waived, 1 unknown
2 checks passed by generated default.
`);
});

test('counts over all files and says what --fix would do', () => {
  const text =
    'brokerloom: 1\ndesign: { name: a, environment: prod }\nconsumers: { work: { ack: auto, sideEffects: [] } }\n';
  const file = { file: 'b.loom.yaml', text, report: review(reviewable(text), { only: someRules }) };
  const output = human([file, file]);
  expect(output).toContain('  fix: Acknowledge after the handler\n');
  expect(output).toMatch(/\n2 designs: 2 errors, 0 warnings\n--fix repairs 2 findings\.\n$/);
});

test('uses the style it is given and nothing else', () => {
  const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
  const style: Style = {
    bold: mark('bold'),
    dim: mark('dim'),
    red: mark('red'),
    yellow: mark('yellow'),
    blue: mark('blue'),
    cyan: mark('cyan'),
    green: mark('green'),
  };
  const output = human([sample()], { style });
  expect(output).toContain('<red>error</red> <bold>Queue jobs');
  expect(output).toContain('<red>^^^^</red>');
  expect(output.replace(/<\/?(?:bold|dim|red|yellow|blue|cyan)>/g, '')).toBe(human([sample()]));
});

test('keeps control characters of the file out of the terminal', () => {
  const text = `brokerloom: 1\ndesign: { name: a, environment: prod }\nconsumers: { work: { ack: auto, sideEffects: [] } } # \u001b[2J\r\n`;
  const output = human([
    { file: 'c.loom.yaml', text, report: review(reviewable(text), { only: someRules }) },
  ]);
  expect(output).toContain('# \ufffd[2J\n');
  expect(output.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('says that a clean design is clean', () => {
  const text = 'brokerloom: 1\ndesign: { name: a }\n';
  expect(human([{ file: 'd.loom.yaml', text, report: review(reviewable(text), { only: someRules }) }])).toBe(
    '1 design: 0 errors, 0 warnings\n',
  );
});
