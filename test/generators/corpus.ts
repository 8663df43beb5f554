// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these placeholders have to stay text
import { parse, stringify } from 'yaml';
import { exampleText } from './support.ts';

/** Text that ends strings, comments, templates or documents somewhere. */
export const corpus = [
  '*/x/*',
  "it's",
  'say "hi"',
  `both ' and "`,
  '`tick`',
  '${process.exit(1)}',
  'ends with \\',
  'two\nlines',
  'carriage\rreturn',
  'separators \u2028 and \u2029 here',
  '</script>',
  '<!--',
  '// comment\n',
  '{{constructor}} {{#each this}}',
  '<%= 1 %>',
  '$(touch x)',
  '$$ ${HOME}',
  ': # - [x]',
  '!!js/function',
  '---',
  'no',
  '1e3',
  '2026-11-22',
  '[link](javascript:alert(1)) | cell',
  '$& $1',
  'constructor',
  '__proto__',
];

export type Json = Record<string, never>;

/** The example with a text in every free field that reaches the output. */
export function poisoned(text: string): string {
  const design = parse(exampleText('fulfilment')) as Record<string, Record<string, Record<string, unknown>>>;
  const at = (section: string, id: string): Record<string, unknown> => design[section]?.[id] ?? {};
  Object.assign(design['design'] as Json, { description: text });
  Object.assign(at('services', 'payment'), { owner: text, description: text });
  const message = at('messages', 'order.created');
  Object.assign(message, {
    description: text,
    examples: [{ orderId: text, customerId: text, totalCents: 1, currency: 'EUR', [`extra ${text}`]: text }],
  });
  Object.assign((message['schema'] as { properties: Json }).properties, {
    [`extra ${text}`]: { type: 'string', description: text, enum: [text, `other ${text}`] },
  });
  Object.assign(at('exchanges', 'orders'), { name: text });
  Object.assign(at('queues', 'payments'), { name: `queue ${text}` });
  Object.assign(at('bindings', 'payments-created'), { routingKey: text });
  Object.assign(at('bindings', 'labels-by-carrier'), { headers: { carrier: text } });
  Object.assign(at('producers', 'label-requests'), { headers: { carrier: text } });
  Object.assign(at('producers', 'checkout'), { routingKeys: [text] });
  Object.assign(at('retryPolicies', 'quick'), { nonRetryable: [text] });
  return stringify(design);
}

/** The example of Kafka with a text in every free field that reaches the output; topics take few characters. */
export function poisonedLog(text: string): string {
  const design = parse(exampleText('event-log')) as Record<string, Record<string, Record<string, unknown>>>;
  const at = (section: string, id: string): Record<string, unknown> => design[section]?.[id] ?? {};
  Object.assign(design['design'] as Json, { description: text });
  Object.assign(at('services', 'billing'), { owner: text, description: text });
  Object.assign(at('messages', 'account.opened'), {
    description: text,
    examples: [{ accountId: text, plan: 'free', [`extra ${text}`]: text }],
  });
  Object.assign(at('producers', 'account-log'), { partitionKey: `/${pointer(`extra ${text}`)}` });
  Object.assign(at('consumers', 'keep-ledger'), { group: `group ${text}` });
  Object.assign(at('flows', 'bill'), { description: text, orderingKey: `/${pointer(text)}` });
  Object.assign(at('retryPolicies', 'in-place'), { nonRetryable: [text] });
  return stringify(design);
}

/** RFC 6901, section 3. */
const pointer = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');

/** Ids that are words of TypeScript, members of every object, or names that generated code uses itself. */
export const awkwardNames = [
  'class',
  'arguments',
  'constructor',
  'toString',
  '1st',
  'await',
  'a-b.c',
  'package.json',
  'schema',
  'run',
  'promise',
  'handler',
  'undefined',
  'service',
  'contracts',
  'producers',
];

/** A design with a service, message, consumer, producer and queue for each of the awkward names. */
export function awkward(): string {
  const lines = (line: (name: string) => string): string =>
    awkwardNames.map((name) => `  ${line(name)}\n`).join('');
  return `brokerloom: 1
design: { name: names }
brokers: { main: { kind: rabbitmq } }
exchanges: { events: { broker: main, type: direct } }
services:
${lines((name) => `"${name}": {}`)}messages:
${lines((name) => `"${name}": { examples: [{ a: 1 }], schema: { properties: { a: { type: number } } } }`)}queues:
${lines((name) => `"q-${name}": { broker: main, deadLetter: true }`)}bindings:
${lines((name) => `"b-${name}": { source: events, destination: "q-${name}", routingKey: "key.${name}" }`)}producers:
${lines((name) => `"p-${name}": { service: "${name}", channel: events, messages: ["${name}"], routingKeys: ["key.{event}"] }`)}consumers:
${lines((name) => `"${name}": { service: "${name}", channel: "q-${name}", idempotency: standard }`)}`;
}

/** The same on Kafka: a topic for each of the names that a topic can have. */
export function awkwardLog(): string {
  const lines = (line: (name: string) => string): string =>
    awkwardNames.map((name) => `  ${line(name)}\n`).join('');
  return `brokerloom: 1
design: { name: names }
brokers: { main: { kind: kafka } }
services:
${lines((name) => `"${name}": {}`)}messages:
${lines((name) => `"${name}": { aggregateIdPath: /a, examples: [{ a: 1 }], schema: { properties: { a: { type: number } } } }`)}streams:
${lines((name) => `"s-${name}": { broker: main, partitions: 2 }`)}producers:
${lines((name) => `"p-${name}": { service: "${name}", channel: "s-${name}", messages: ["${name}"], partitionKey: /b }`)}consumers:
${lines((name) => `"${name}": { service: "${name}", channel: "s-${name}", deadLetter: true, idempotency: standard }`)}`;
}
