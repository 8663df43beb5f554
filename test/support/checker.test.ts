import { describe, expect, it } from 'vitest';
import { type CheckOptions, type CheckReport, check, type Invariant } from './checker.ts';
import type { Expectation, HistoryEvent, Recorded } from './history.ts';

const options: CheckOptions = { inFlightBound: 2, kills: 1, strategy: 'key-store' };
const [app, worker1, worker2] = [1, 11, 12];

const by = (pid: number, event: HistoryEvent): Recorded => ({ ...event, pid });
const send = (id: string, expect: Expectation = 'effect', consumer = 'billing'): Recorded =>
  by(app, {
    type: 'send',
    id,
    expect: { [consumer]: expect },
    body: `body of ${id}`,
    headers: { trace: id },
  });
const confirm = (id: string): Recorded => by(app, { type: 'confirm', id });
const start = (pid: number, id: string, attempt = 1): Recorded =>
  by(pid, { type: 'handler-start', id, consumer: 'billing', attempt });
const effect = (pid: number, id: string): Recorded => by(pid, { type: 'effect', id, consumer: 'billing' });
const kill = (victim: number): Recorded => by(app, { type: 'kill', victim });
const dlq = (id: string, change: Partial<Extract<HistoryEvent, { type: 'dlq' }>> = {}): Recorded =>
  by(app, {
    type: 'dlq',
    id,
    consumer: 'billing',
    dlqId: `dlq of ${id}`,
    reason: 'HandlerError',
    attempts: 3,
    body: `body of ${id}`,
    headers: { trace: id, added: 'by the runtime' },
    ...change,
  });

/** Healthy `a` to `c`, poison `p`; worker 1 is killed while it holds `b` (before its mark) and `c` (before its effect). */
const clean: Recorded[] = [
  ...['a', 'b', 'c'].flatMap((id) => [send(id), confirm(id)]),
  send('p', { reason: 'HandlerError', attempts: 3 }),
  confirm('p'),
  ...[start(worker1, 'a'), effect(worker1, 'a')],
  ...[start(worker1, 'b'), effect(worker1, 'b'), start(worker1, 'c')],
  kill(worker1),
  ...[start(worker2, 'b'), effect(worker2, 'b'), start(worker2, 'c'), effect(worker2, 'c')],
  ...[start(worker2, 'p'), start(worker2, 'p', 2), start(worker2, 'p', 3)],
  dlq('p'),
];

function without(type: HistoryEvent['type'], id: string, history = clean): Recorded[] {
  return history.filter((event) => event.type !== type || !('id' in event) || event.id !== id);
}

function broken(report: CheckReport): Invariant[] {
  return (['L', 'U', 'D', 'O', 'S', 'Q', 'W'] as const).filter((invariant) => !report[invariant]);
}

it('accepts a run whose repeats are explained by its kill', () => {
  const report = check(clean, options);
  expect(report.violations).toEqual([]);
  expect(broken(report)).toEqual([]);
  expect(report.counts).toEqual({
    sent: 4,
    confirmed: 4,
    rejected: 0,
    effects: 4,
    repeatedEffects: 1,
    redeliveries: 2,
    dlqRecords: 1,
    dlqCopies: 0,
    kills: 1,
    cuts: 0,
    faults: 0,
  });
});

describe('reports each planted error, and nothing else', () => {
  const extra = (...events: Recorded[]): Recorded[] => [...clean, ...events];
  const poisoned = (change: Parameters<typeof dlq>[1]): Recorded[] => [
    ...without('dlq', 'p'),
    dlq('p', change),
  ];
  const quiet = { ...options, kills: 0 };
  const keyed = clean.map((event) => (event.type === 'send' ? { ...event, key: 'k' } : event));
  const overtaken = [...without('effect', 'b', keyed), effect(worker2, 'b')];
  const calm = [send('p', { reason: 'HandlerError', attempts: 3 }), confirm('p'), dlq('p'), dlq('p')];

  const cases: [string, Recorded[], Invariant | 'LQ', RegExp, CheckOptions?][] = [
    [
      'a confirmed message without an effect',
      without('effect', 'c'),
      'L',
      /billing ← c: confirmed, but neither/,
    ],
    [
      'an effect that overtakes an earlier one of its key',
      overtaken,
      'O',
      /billing ← b: its effect came after that of c, which was sent later \(k\)/,
      { ...options, ordered: ['billing'] },
    ],
    [
      'an effect of an id never sent',
      extra(effect(worker2, 'x')),
      'U',
      /billing ← x: effect of a message that was never/,
    ],
    [
      'an effect at a consumer it was not for',
      extra(
        send('y', 'effect', 'audit'),
        confirm('y'),
        by(worker2, { type: 'effect', id: 'y', consumer: 'audit' }),
        effect(worker2, 'y'),
      ),
      'U',
      /billing ← y/,
    ],
    ['a DLQ record of an id never sent', extra(dlq('x')), 'U', /billing ← x: dlq of a message/],
    [
      'more redeliveries than were in flight',
      extra(start(worker2, 'a')),
      'D',
      /3 redeliveries; 1 faults × 2 in flight explain 2/,
    ],
    [
      'an effect repeated by a process that lived',
      extra(effect(worker2, 'c')),
      'D',
      /billing ← c: the effect is repeated, though process 12/,
    ],
    [
      'an effect repeated despite an inbox',
      clean,
      'D',
      /billing ← b: the effect is repeated, but mark and effect commit/,
      { ...options, strategy: 'inbox' },
    ],
    ['a send that never settled', extra(send('z')), 'S', /z: the send neither resolved nor rejected/],
    ['poison missing from the DLQ', without('dlq', 'p'), 'LQ', /billing ← p: poison is not in the DLQ/],
    ['poison that had an effect', extra(effect(worker2, 'p')), 'Q', /billing ← p: poison had an effect/],
    ['poison with too few attempts', poisoned({ attempts: 2 }), 'Q', /2 attempts, expected 3/],
    ['poison with another reason', poisoned({ reason: 'Other' }), 'Q', /reason Other, expected HandlerError/],
    ['poison with a changed body', poisoned({ body: 'other' }), 'Q', /the body in the DLQ differs/],
    ['poison with a lost header', poisoned({ headers: {} }), 'Q', /header trace is undefined, sent as p/],
    [
      'two DLQ records with different DLQ ids',
      extra(dlq('p', { dlqId: 'second' })),
      'Q',
      /2 DLQ records with different DLQ ids/,
    ],
    ['copies in the DLQ without any fault', calm, 'Q', /2 copies in the DLQ without a fault/, quiet],
    ['a healthy message in the DLQ', extra(dlq('a')), 'Q', /billing ← a: a healthy message is in the DLQ/],
    ['a kill that never happened', clean, 'W', /1 of 2 kills/, { ...options, kills: 2 }],
    [
      'a kill of an idle process',
      [...extra(start(13, 'a', 2), effect(13, 'a')).filter((e) => e.pid !== 13), kill(13)],
      'W',
      /1 of 2 kills hit a process/,
      { ...options, kills: 2 },
    ],
    [
      'a cut that met no connection',
      extra(by(app, { type: 'cut', connections: 0 })),
      'W',
      /0 of 1 cuts met/,
      { ...options, cuts: 1 },
    ],
  ];
  it.each(cases)('%s', (_, history, invariant, message, changed = options) => {
    const report = check(history, changed);
    expect(broken(report).join('')).toBe(invariant);
    expect(report.violations).toHaveLength(invariant.length);
    expect(report.violations.at(-1)?.message).toMatch(message);
  });
});

it('reports more repeats of a killed process than it held', () => {
  const ids = ['d', 'e', 'f'];
  const before = ids.flatMap((id) => [send(id), confirm(id), start(worker1, id), effect(worker1, id)]);
  const after = ids.flatMap((id) => [start(worker2, id), effect(worker2, id)]);
  const report = check([...before, kill(worker1), ...after], options);
  expect(broken(report)).toEqual(['D']);
  expect(report.counts.repeatedEffects).toBe(3);
  expect(report.violations.map(({ message }) => message)).toContain(
    '3 effects of killed process 11 are repeated; it held at most 2 messages',
  );
});

describe('accepts what the promises leave open', () => {
  it('an effect whose send was rejected or cut off by the death of its producer', () => {
    const rejected = [
      send('r'),
      by(app, { type: 'reject', id: 'r', reason: 'timeout' }),
      effect(worker2, 'r'),
    ];
    const orphan = { ...send('o'), pid: 20 };
    const report = check([...clean, ...rejected, orphan, kill(20)], options);
    expect(broken(report)).toEqual([]);
    expect(report.counts.rejected).toBe(1);
  });

  it('copies in the DLQ that share one id after a crash, and counts them', () => {
    const report = check([...clean, dlq('p')], options);
    expect(broken(report)).toEqual([]);
    expect(report.counts.dlqCopies).toBe(1);
  });

  it('repeats without idempotency, within the redeliveries that the faults explain', () => {
    const cut = by(app, { type: 'cut', connections: 1 });
    const history = [...clean, cut, start(worker2, 'a'), effect(worker2, 'a')];
    expect(broken(check(history, { ...options, cuts: 1, strategy: 'none' }))).toEqual([]);
  });
});
