import { bool, oneOf, ref, shaped } from '../attribute.ts';
import { anything, recordOf } from '../form.ts';
import { defineKind } from '../kind.ts';
import { sources } from '../sources.ts';

export const subscription = defineKind({
  id: 'subscription',
  section: 'subscriptions',
  title: 'Subscription',
  doc: 'Makes an SNS topic copy matching messages to an SQS queue, a Lambda function, a Firehose or a URL.',
  drawn: 'edge',
  attributes: {
    topic: ref('topics', { required: true, group: 'Routing', doc: 'Topic that messages come from.' }),
    endpoint: ref('queues', {
      required: true,
      group: 'Routing',
      form: 'id of a queue, ARN or URL',
      doc: 'Queue of the design that receives a copy; or, outside the design, the ARN of a function or Firehose, or a URL.',
      external: /^(?:arn:|https?:\/\/)/,
    }),
    protocol: oneOf(['sqs', 'lambda', 'http', 'firehose'], {
      group: 'Routing',
      doc: 'What kind of endpoint it is.',
      default: { value: 'sqs', why: 'a queue keeps the message while its consumer is away' },
    }),
    raw: bool({
      group: 'Delivery',
      doc: 'Whether the body arrives as it was published, without the JSON envelope of SNS.',
      default: { value: true, why: 'the consumer reads the same message whatever brought it' },
      source: sources.snsRaw,
    }),
    filter: shaped(recordOf(anything), {
      group: 'Routing',
      form: 'SNS filter policy',
      doc: 'Filter policy: only messages that it matches are delivered.',
      source: sources.snsFilters,
    }),
    filterScope: oneOf(['MessageAttributes', 'MessageBody'], {
      group: 'Routing',
      doc: 'Whether the filter looks at message attributes or at the body.',
      default: { value: 'MessageAttributes', why: 'default of SNS' },
      source: sources.snsFilters,
    }),
    deadLetter: ref('queues', {
      group: 'Failure',
      doc: 'SQS queue, in the same account and region, that receives what could not be delivered.',
      source: sources.snsDlq,
    }),
  },
});
