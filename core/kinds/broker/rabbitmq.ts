import { objects, oneOf, shaped, text } from '../attribute.ts';
import { sources } from '../sources.ts';
import { headerValues } from '../values.ts';

const policyItems = {
  name: text({ required: true, doc: 'Name of the policy.' }),
  pattern: text({
    required: true,
    form: 'regular expression',
    doc: 'Names of the queues, streams or exchanges that it applies to.',
  }),
  applyTo: oneOf(['queues', 'classic_queues', 'quorum_queues', 'streams', 'exchanges', 'all'], {
    doc: 'What it applies to.',
    default: { value: 'all', why: 'default of RabbitMQ' },
  }),
  definition: shaped(headerValues, {
    form: 'map of text, numbers and booleans',
    doc: 'Keys that it sets, such as `max-length`.',
  }),
} as const;

/** Attributes that only RabbitMQ has. */
export const rabbitAttributes = {
  policies: objects(policyItems, {
    group: 'Limits',
    doc: 'Policies that exist on the broker besides those that are generated.',
    brokers: ['rabbitmq'],
    source: sources.rabbitPolicies,
  }),
} as const;
