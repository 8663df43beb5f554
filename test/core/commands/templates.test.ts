import { describe, expect, test } from 'vitest';
import type { AddArgs } from '../../../core/commands/element.add.ts';
import { Session } from '../../../core/history/session.ts';
import { reviewOptionsFor } from '../../../core/review/config/config.ts';
import { Reviewer } from '../../../core/review/index.ts';

const head = 'brokerloom: 1\n\ndesign:\n  name: fresh\n  environment: prod\n';
const brokers =
  'brokers: { mq: { kind: rabbitmq }, log: { kind: kafka }, work: { kind: sqs }, notify: { kind: sns } }\n';

function errorsOf({ loaded }: Session): readonly string[] {
  const { design, source, notices } = loaded;
  if (!design || !source) throw new Error(JSON.stringify(loaded.problems));
  const { findings } = new Reviewer().review({ design, source, notices }, reviewOptionsFor({}, ''));
  return findings.filter(({ severity }) => severity === 'error').map(({ ruleId }) => ruleId);
}

const added: readonly AddArgs[] = [
  { section: 'producers' },
  { section: 'consumers' },
  { section: 'exchanges' },
  { section: 'topics' },
  { section: 'streams' },
  { section: 'queues', value: { role: 'dead-letter' } },
  { section: 'queues', value: { broker: 'mq' } },
  { section: 'queues', value: { broker: 'work' } },
];

describe('a new element', () => {
  test.each(added)('has no error but the alert that its dead letters wait for: %o', (args) => {
    const session = new Session(head + brokers);
    expect(session.run('element.add', args)).toMatchObject({ ok: true });
    expect(errorsOf(session).filter((rule) => rule !== 'monitoring/dlq-alert')).toEqual([]);
  });

  test('is what its author has said, and the template only for the rest', () => {
    const session = new Session(head + brokers);
    session.run('element.add', {
      section: 'queues',
      id: 'own',
      value: { broker: 'mq', maxLength: 5, retry: 'none' },
    });
    expect(session.design?.queues.get('own')).toEqual({
      broker: 'mq',
      maxLength: 5,
      overflow: 'reject-publish',
      retry: 'none',
      deadLetter: true,
    });
    session.run('element.add', {
      section: 'queues',
      id: 'dead',
      value: { role: 'dead-letter', broker: 'mq' },
    });
    expect(session.design?.queues.get('dead')).toEqual({ broker: 'mq', role: 'dead-letter' });
  });

  test('goes to a broker of the kind that is meant by it', () => {
    const session = new Session(`${head}brokers: { mq: { kind: rabbitmq } }\n`);
    session.run('element.add', { section: 'streams' });
    expect(session.design?.brokers.get('kafka')).toEqual({ kind: 'kafka' });
    session.run('element.add', { section: 'exchanges' });
    expect(session.design?.exchanges.get('events')?.broker).toBe('mq');
  });
});
