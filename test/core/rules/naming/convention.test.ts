import { expect, test } from 'vitest';
import { reviewOptionsFor } from '../../../../core/review/config/config.ts';
import { review } from '../../../../core/review/review.ts';
import { convention } from '../../../../core/rules/naming/convention.ts';
import { designText, reviewable, testRule } from '../tester.ts';

const naming = (patterns: string): string =>
  `\ndesign: { name: test, environment: prod, naming: { ${patterns} } }\n`;
const DOTTED = `queues: "[a-z]+([.][a-z]+)*"`;

testRule(convention, {
  valid: [
    {
      name: 'any name, where nobody has asked',
      design: `
queues: { Some_Queue: { broker: mq } }
`,
    },
    {
      name: 'names that match, and sections that nobody has asked about',
      design: `${naming(DOTTED)}brokers: { mq: { kind: rabbitmq } }
queues: { billing.orders: { broker: mq } }
messages: { OrderCreated: {} }
`,
    },
    {
      name: 'an id that does not match with a name on the broker that does',
      design: `${naming(DOTTED)}brokers: { mq: { kind: rabbitmq } }
queues: { Orders: { broker: mq, name: billing.orders } }
`,
    },
    {
      name: 'a channel that shorthand implies, which the generator names',
      design: `${naming(`queues: "[a-z]+"`)}brokers: { mq: { kind: rabbitmq } }
queues: { orders: { broker: mq, deadLetter: true } }
`,
    },
  ],
  invalid: [
    {
      name: 'an id in another spelling',
      design: `${naming(DOTTED)}brokers: { mq: { kind: rabbitmq } }
queues: { billingOrders_new: { broker: mq } }
`,
      becomes: `${naming(DOTTED)}brokers: { mq: { kind: rabbitmq } }
queues: { billingOrders_new: { broker: mq, name: billing.orders.new } }
`,
      finds: [{ messageId: 'name', element: 'queues/billingOrders_new' }],
    },
    {
      name: 'a name on the broker that only begins as it should',
      design: `${naming(DOTTED)}brokers: { mq: { kind: rabbitmq } }
queues: { orders: { broker: mq, name: orders/new } }
`,
      finds: [{ messageId: 'name', element: 'queues/orders', field: 'name' }],
    },
    {
      name: 'a name that no spelling saves, and an element without a name on the broker',
      design: `${naming(`queues: "billing[.].+", messages: "[a-z]+[.][a-z]+"`)}brokers: { mq: { kind: rabbitmq } }
messages: { OrderCreated: {} }
queues: { orders: { broker: mq } }
`,
      finds: [
        { messageId: 'name', element: 'messages/OrderCreated', noFix: true },
        { messageId: 'name', element: 'queues/orders', noFix: true },
      ],
    },
  ],
});

const DESIGN = '\nqueues: { Orders: { broker: mq } }\n';
const found = (design: string, config: Parameters<typeof reviewOptionsFor>[0]) =>
  review(reviewable(designText(design)), {
    only: ['naming/convention'],
    ...reviewOptionsFor(config, 'a.loom.yaml'),
  })
    .findings.filter(({ ruleId }) => ruleId === 'naming/convention')
    .map(({ severity, element }) => `${severity} ${element}`);

test.each(['recommended', 'strict', 'all'] as const)(
  'the naming of a configuration has effect with %s',
  (preset) => {
    expect(found(DESIGN, { preset, naming: { queues: '[a-z]+' } })).toEqual(['info queues/Orders']);
    expect(found(DESIGN, { preset })).toEqual([]);
  },
);

test('the naming of a design stands above that of the configuration', () => {
  expect(
    found(`${naming(`queues: "[A-Z].*"`)}brokers: { mq: { kind: rabbitmq } }${DESIGN}`, {
      naming: { queues: '[a-z]+' },
    }),
  ).toEqual([]);
});

test('a configuration can turn it off, or up', () => {
  const config = { naming: { queues: '[a-z]+' } };
  expect(found(DESIGN, { ...config, rules: { 'naming/convention': 'off' } })).toEqual([]);
  expect(found(DESIGN, { ...config, rules: { 'naming/convention': 'error' } })).toEqual([
    'error queues/Orders',
  ]);
});
