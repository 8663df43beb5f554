import type { ReviewedFile } from '../../../../core/review/formats/format.ts';
import { review } from '../../../../core/review/review.ts';
import { reviewable } from '../../rules/tester.ts';
import { someRules } from '../selection.ts';

/** A design with a finding of each severity, one that is waived, one unknown and text that looks like markup. */
const SAMPLE = `brokerloom: 1
design: { name: sample, environment: prod }
brokers: { mq: { kind: rabbitmq } }
services: { work: {} }
queues:
  jobs: { broker: mq } # tab\there
consumers:
  work: { channel: jobs, ack: before, sideEffects: ["<b>a|b</b>"] }
  help: { channel: jobs, service: work }
flows:
  pay: { to: [work, help], ordering: none }
  measure: { criticality: lossTolerant }
waivers:
  early: { rule: idempotency/ack-after-processing, reason: "load test, no real money", owner: team-a, until: "2999-12-31" }
`;

/** The sample as reviewed under a name, with lines added above it. */
export function sample(file = 'designs/sample one.loom.yaml', prefix = ''): ReviewedFile {
  const text = prefix + SAMPLE;
  return { file, text, report: review(reviewable(text), { only: someRules }) };
}
