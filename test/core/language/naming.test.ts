import { describe, expect, it } from 'vitest';
import { Graph } from '../../../core/design/graph.ts';
import { choicesAt } from '../../../core/language/choices.ts';
import { isFitting } from '../../../core/language/fitting.ts';
import { hoverAt } from '../../../core/language/hover.ts';
import { definitionOf, namedAt, usesOf } from '../../../core/language/naming.ts';
import { spotAt } from '../../../core/language/spot.ts';
import { load } from '../../../core/text/load.ts';

const text = `brokerloom: 1
design: { name: shop, environment: prod }
brokers:
  work: { kind: rabbitmq }
  log: { kind: kafka }
services:
  shop: {}
messages:
  order.created: { version: 1, description: "An order *was* placed" }
  order.paid: { version: 1 }
exchanges:
  orders: { broker: work, type: topic }
queues:
  email: { broker: work, deadLetter: true }
  graveyard: { broker: work, role: dead-letter }
  parcels: { broker: work, deadLetter: graveyard, retry: standard }
streams:
  history: { broker: log }
bindings:
  b1: { source: orders, destination: email }
producers:
  checkout: { service: shop, channel: orders, messages: [order.created, order.paid] }
consumers:
  mailer: { service: shop, channel: email }
alerts:
  dead: { target: email.dlq, metric: dlq-depth }
waivers:
  w1: { rule: dlq/required, target: queues/email, reason: "known" }
layout:
  queues/email: [8, 8]
`;
const { design } = load(text);
if (!design) throw new Error('the text is not a design');
const graph = Graph.of(design);

/** The spot of a word in its line. */
function spot(line: string, word: string) {
  const start = text.indexOf(line);
  expect(start, `${line} is in the text`).toBeGreaterThanOrEqual(0);
  const found = spotAt(text, start + line.indexOf(word) + 1);
  if (!found) throw new Error(`nothing stands at ${word}`);
  return found;
}

/** What may stand where a value of the text is taken away. */
const choices = (line: string, word: string): string[] =>
  choicesAt(spot(line, word), graph).map((c) => c.text);

describe('choicesAt', () => {
  it.each([
    ['brokers', 'email: { broker: work', 'work', ['work', 'log']],
    ['exchanges as the source of a binding', 'source: orders', 'orders', ['orders']],
    ['services', 'checkout: { service: shop', 'shop', ['shop']],
    ['built-in policies', 'retry: standard', 'standard', ['standard', 'none']],
    [
      'queues and streams for dead letters, not the queue itself',
      'deadLetter: graveyard',
      'graveyard',
      ['email', 'graveyard', 'email.dlq', 'history'],
    ],
    ['messages that are not listed yet', '[order.created, order.paid]', 'order.paid', ['order.paid']],
    ['nothing for a plain text', 'reason: "known"', 'known', []],
    ['nothing for an enumeration: the schema has it', 'type: topic', 'topic', []],
  ])('offers %s', (_, line, word, expected) => {
    const found = choices(line, word);
    expect(found).toEqual(expected);
  });

  it('offers every channel where any will do, those included that shorthand implies', () => {
    expect(choices('channel: email', 'email')).toEqual(
      expect.arrayContaining(['orders', 'email', 'history', 'email.dlq']),
    );
  });

  it('offers rules and elements to a waiver', () => {
    expect(choices('rule: dlq/required', 'dlq/')).toContain('dlq/attempts-bounded');
    expect(choices('target: queues/email', 'queues/')).toContain('queues/parcels');
  });

  it('offers elements without a place to the layout', () => {
    const found = choices('  queues/email: [8', 'queues/');
    expect(found).toContain('queues/parcels');
    expect(found).not.toContain('queues/email');
  });

  it('says what each is', () => {
    expect(choicesAt(spot('email: { broker: work', 'work'), graph)).toContainEqual({
      text: 'log',
      detail: 'Broker: Kafka',
      address: 'brokers/log',
    });
  });
});

describe('isFitting', () => {
  it.each([
    ['an attribute of RabbitMQ on RabbitMQ', '  email: { broker', 'broker', 'deliveryLimit', true],
    ['an attribute of SQS on RabbitMQ', '  email: { broker', 'broker', 'waitTime', false],
    ['an attribute of Kafka on Kafka', '  history: { broker', 'broker', 'partitions', true],
    ['a value of Kinesis on RabbitMQ', 'metric: dlq-depth', 'dlq-depth', 'iterator-age', false],
    ['a value that all brokers know', 'metric: dlq-depth', 'dlq-depth', 'depth', true],
    ['a stand-in for an id', '  email: {', 'email', 'property', false],
    ['a section', 'queues:', 'queues', 'streams', true],
  ])('knows %s', (_, line, at, word, fits) => {
    expect(isFitting(spot(line, at), word, graph.design)).toBe(fits);
  });
});

describe('namedAt', () => {
  it.each([
    ['its own key', '  email: {', 'email', 'queues/email', true],
    ['a reference', 'destination: email', 'email', 'queues/email', false],
    ['a list item', '[order.created, order.paid]', 'order.paid', 'messages/order.paid', false],
    ['dead letters', 'deadLetter: graveyard', 'graveyard', 'queues/graveyard', false],
    ['what shorthand implies', 'target: email.dlq', 'email.dlq', 'queues/email.dlq', false],
    ['a waiver', 'target: queues/email', 'queues/', 'queues/email', false],
    ['a place in the layout', '  queues/email: [8', 'queues/', 'queues/email', false],
  ])('knows an element by %s', (_, line, word, address, isDefinition) => {
    expect(namedAt(spot(line, word), graph)).toEqual({ address, isDefinition });
  });

  it.each([
    ['an attribute', 'source: orders', 'source'],
    ['a word that is no id', 'type: topic', 'topic'],
    ['the address of nothing', 'rule: dlq/required', 'dlq/'],
  ])('knows none by %s', (_, line, word) => {
    expect(namedAt(spot(line, word), graph)).toBeUndefined();
  });
});

describe('usesOf and definitionOf', () => {
  it('find all that names an element, and where it stands', () => {
    expect(usesOf(design, 'queues/email').map((path) => path.join('.'))).toEqual([
      'bindings.b1.destination',
      'consumers.mailer.channel',
      'waivers.w1.target',
      'layout.queues/email',
    ]);
    expect(definitionOf(graph, 'queues/email')).toEqual(['queues', 'email']);
  });

  it('lead from what is implied to its shorthand', () => {
    expect(definitionOf(graph, 'queues/email.dlq')).toEqual(['queues', 'email', 'deadLetter']);
    expect(usesOf(design, 'queues/email.dlq').map((path) => path.join('.'))).toEqual(['alerts.dead.target']);
  });
});

describe('hoverAt', () => {
  const hover = (line: string, word: string): string =>
    hoverAt(spot(line, word), graph)?.paragraphs.join('\n') ?? '';

  it.each([
    ['the element of a reference', 'channel: email', 'email', 'Queue on work (RabbitMQ)'],
    ['who names an element', '  email: {', 'email', '`bindings/b1`, `consumers/mailer`, `waivers/w1`'],
    [
      'where an implied element comes from',
      'email.dlq',
      'email',
      'Implied by `deadLetter` of `queues/email`',
    ],
    ['an attribute with its source', 'deadLetter: true', 'deadLetter', 'https://www.rabbitmq.com/docs/dlx'],
    ['a value of an attribute', 'metric: dlq-depth', 'dlq-depth', 'What is measured'],
    ['a section', 'queues:', 'queues', 'queues'],
    ['a rule', 'rule: dlq/required', 'dlq/', 'error'],
  ])('says %s', (_, line, word, expected) => {
    expect(hover(line, word)).toContain(expected);
  });

  it('takes nothing of the user for Markdown', () => {
    expect(hover('order.created: {', 'order')).toContain('An order \\*was\\* placed');
  });

  it('says nothing of a plain value of the user', () => {
    expect(hoverAt(spot('reason: "known"', 'known'), graph)?.paragraphs.join()).toContain(
      'Why it is accepted',
    );
    expect(hover('name: shop', 'shop')).toContain('Name of the design');
  });
});
