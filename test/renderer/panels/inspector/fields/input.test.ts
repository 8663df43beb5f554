import { describe, expect, test } from 'vitest';
import { kinds } from '../../../../../core/kinds/registry.ts';
import {
  defaultText,
  hintOf,
  labelOf,
  onBroker,
  parseInput,
  valuesOf,
  withOrigin,
} from '../../../../../renderer/panels/inspector/fields/input.ts';

const { maxLength, messageTtl, overflow } = kinds.queues.attributes;

describe('what is typed into a field', () => {
  test('is a number where the attribute is one', () => {
    expect(parseInput('integer', maxLength.schema, ' 500 ')).toEqual({ value: 500 });
    expect(parseInput('integer', maxLength.schema, '5 k')).toEqual({ error: 'is not a number' });
    expect(parseInput('integer', maxLength.schema, '0')).toHaveProperty('error');
  });

  test('is a quantity as people write it, or says how to', () => {
    expect(parseInput('duration', messageTtl.schema, '30s')).toEqual({ value: '30s' });
    expect(parseInput('duration', messageTtl.schema, '30 sec')).toEqual({
      error: 'is not a duration such as 500ms, 30s or 14d',
    });
  });

  test('takes the attribute out when it is empty', () => {
    expect(parseInput('duration', messageTtl.schema, '  ')).toEqual({ value: undefined });
  });
});

test('a field is named in words, with the usual abbreviations', () => {
  expect(['maxLength', 'messageTtl', 'p99', 'deadLetter'].map(labelOf)).toEqual([
    'Max length',
    'Message TTL',
    'P99',
    'Dead letter',
  ]);
});

test('a default is shown as it would be written', () => {
  expect(defaultText(overflow)).toBe('reject-publish');
  expect(defaultText(kinds.queues.attributes.durable)).toBe('on');
  expect(defaultText({})).toBeUndefined();
});

test('a field shows the default of its own broker, and of a sentence only that it is computed', () => {
  const { type } = kinds.queues.attributes;
  const { service } = kinds.consumers.attributes;
  expect(hintOf(onBroker(type, 'rabbitmq'))).toBe('quorum');
  expect(hintOf(onBroker(type, 'sqs'))).toBe('standard');
  expect(onBroker(type, undefined)).toBe(type);
  expect(defaultText(onBroker(kinds.brokers.attributes.maxMessageSize, 'kafka'))).toBe('1048588B');
  expect(defaultText(onBroker(kinds.brokers.attributes.maxMessageSize, 'redis'))).toBeUndefined();
  expect(hintOf(onBroker(kinds.brokers.attributes.maxMessageSize, 'rabbitmq'))).toBe('16MiB');
  expect(hintOf(onBroker(service, 'rabbitmq'))).toBe('computed');
  expect(onBroker(type, 'rabbitmq').editor).toMatchObject({ values: ['quorum', 'classic'] });
  expect(onBroker(type, 'sqs').editor).toMatchObject({ values: ['standard', 'fifo'] });
  expect([withOrigin('quorum'), withOrigin('reject-publish')]).toEqual([
    'quorum (default)',
    'reject-publish',
  ]);
});

describe('what is typed into a list', () => {
  test('is text or a number, as the attribute has it', () => {
    expect(valuesOf(kinds.consumers.attributes.accepts, ['1', '2'])).toEqual({ value: [1, 2] });
    expect(valuesOf(kinds.consumers.attributes.sideEffects, ['1'])).toEqual({ value: ['1'] });
    expect(valuesOf(kinds.consumers.attributes.accepts, ['two'])).toEqual({ error: 'cannot hold “two”' });
    expect(valuesOf(kinds.consumers.attributes.accepts, [])).toEqual({ value: undefined });
  });
});

describe('the parts of an object', () => {
  test('are those of its broker, and those that the file has', () => {
    const { deadLetter } = kinds.queues.attributes;
    const parts = (written?: unknown) => Object.keys(onBroker(deadLetter, 'rabbitmq', written).parts ?? {});
    expect(parts()).toContain('strategy');
    expect(parts()).not.toContain('maxReceiveCount');
    expect(parts({ maxReceiveCount: 3 })).toContain('maxReceiveCount');
  });
});
