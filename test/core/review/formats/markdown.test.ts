import { expect, test } from 'vitest';
import { markdown } from '../../../../core/review/formats/markdown.ts';
import { review } from '../../../../core/review/review.ts';
import { reviewable } from '../../rules/tester.ts';
import { someRules } from '../selection.ts';
import { sample } from './sample.ts';

test('is a table of findings and a list of what is accepted, unknown or given by default', () => {
  expect(markdown([sample()])).toBe(`\
## Design review: 2 errors, 0 warnings, 1 info, 1 waived, 1 unknown

### \`designs/sample one.loom.yaml\`

| | Element | Finding | Rule |
|---|---|---|---|
| Error | [\`queues/jobs\`](designs/sample%20one.loom.yaml#L6) | Queue jobs has no dead-letter queue for what work and help cannot process.<br>A message that fails every attempt is dropped by the broker or redelivered without end.<br>Suggestion: Add dead-letter queue jobs.dlq | \`dlq/required\` |
| Error | [\`consumers/work\`](designs/sample%20one.loom.yaml#L8) | Consumer work repeats its side effects (\\<b\\>a\\|b\\</b\\>) at a second delivery: it states no idempotency strategy.<br>A redelivery after a crash or a cut connection carries out the effect twice.<br>Suggestion: Remember processed messages in a key store | \`idempotency/consumer-strategy-declared\` |
| Info | [\`flows/measure\`](designs/sample%20one.loom.yaml#L12) | Flow measure does not state which order its consumers rely on.<br>A second worker or a retry may reorder messages that somebody assumed to be in order. | \`ordering/requirement-stated\` |

- Waived by team-a until 2999-12-31: \`idempotency/ack-after-processing\` on \`consumers/work\`: load test, no real money
- Unknown: \`consumers.sideEffects\` of \`consumers/help\` would decide \`idempotency/consumer-strategy-declared\`.
- 2 checks passed by generated default.
`);
});

test('says that a clean design is clean', () => {
  const text = 'brokerloom: 1\ndesign: { name: a }\n';
  expect(
    markdown([{ file: 'd.loom.yaml', text, report: review(reviewable(text), { only: someRules }) }]),
  ).toBe('## Design review: 0 errors, 0 warnings\n\n### `d.loom.yaml`\n\nNo findings.\n');
});

test('keeps markup in a reason from becoming markup', () => {
  const text = `brokerloom: 1
design: { name: a, environment: prod }
consumers: { work: { ack: auto, sideEffects: [] } }
waivers: { w: { rule: idempotency/ack-after-processing, reason: "<img src=x>" } }
`;
  expect(
    markdown([{ file: 'd.loom.yaml', text, report: review(reviewable(text), { only: someRules }) }]),
  ).not.toMatch(/(?<!\\)<img/);
});
