import type { Expectation, Recorded } from './history.ts';

/** What the run was to show. */
export interface CheckOptions {
  /** Most deliveries that one consuming process holds at a time: its prefetch. */
  inFlightBound: number;
  /** `kill -9` of consuming processes that the run planned. */
  kills: number;
  /** Cuts of connections that the run planned. Default 0. */
  cuts?: number;
  /** Faults of other kinds that the run planned. Default 0. */
  faults?: number;
  /**
   * `inbox`: mark and effect commit together. `key-store`: the mark follows the effect, so a kill in between repeats
   * it. `none`: every redelivery repeats the effect.
   */
  strategy: 'inbox' | 'key-store' | 'none';
  /** Consumers that are promised the messages of a key in the order of their sends. Default none. */
  ordered?: readonly string[];
}

/**
 * **L** no confirmed message is lost. **U** nothing unexpected. **D** deliveries and effects beyond one stay within
 * what the faults explain. **O** the messages of a key have their first effects in the order of their sends. **S** every
 * send settles. **Q** poison is in the DLQ once and intact, its neighbours flow.
 * **W** witness: the faults happened while work was in flight.
 */
export type Invariant = 'L' | 'U' | 'D' | 'O' | 'S' | 'Q' | 'W';

export interface Violation {
  invariant: Invariant;
  message: string;
}

export interface Counts {
  sent: number;
  confirmed: number;
  rejected: number;
  effects: number;
  /** Effects beyond the first, per consumer and message. */
  repeatedEffects: number;
  /** Handler starts beyond the first, per consumer, message and attempt. */
  redeliveries: number;
  dlqRecords: number;
  /** DLQ records that repeat an earlier one's DLQ id. */
  dlqCopies: number;
  kills: number;
  cuts: number;
  /** Faults of other kinds. */
  faults: number;
}

export type CheckReport = Record<Invariant, boolean> & { counts: Counts; violations: Violation[] };

type Of<T extends Recorded['type']> = Extract<Recorded, { type: T }>;

/** The history, indexed once for all invariants. `slot` is one consumer's share of one message. */
interface Run {
  options: CheckOptions;
  history: readonly Recorded[];
  of<T extends Recorded['type']>(type: T): Of<T>[];
  sends: Map<string, Of<'send'>>;
  confirmed: Set<string>;
  effects: Map<string, Of<'effect'>[]>;
  dlq: Map<string, Of<'dlq'>[]>;
}

const slot = (event: { id: string; consumer: string }): string => `${event.consumer} ← ${event.id}`;

function bySlot<T extends { id: string; consumer: string }>(events: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const event of events) {
    const group = groups.get(slot(event));
    if (group) group.push(event);
    else groups.set(slot(event), [event]);
  }
  return groups;
}

const attempt = (start: Of<'handler-start'>): string => `${slot(start)} #${start.attempt}`;

/** Checks a drained run: nothing may be in flight any more when the history is read. */
export function check(history: readonly Recorded[], options: CheckOptions): CheckReport {
  const of = <T extends Recorded['type']>(type: T) => history.filter((e): e is Of<T> => e.type === type);
  const run: Run = {
    options,
    history,
    of,
    sends: new Map(of('send').map((event) => [event.id, event])),
    confirmed: new Set(of('confirm').map((event) => event.id)),
    effects: bySlot(of('effect')),
    dlq: bySlot(of('dlq')),
  };
  const found: Record<Invariant, string[]> = {
    L: lost(run),
    U: unexpected(run),
    D: [...redeliveries(run), ...repeatedEffects(run)],
    O: disordered(run),
    S: unsettled(run),
    Q: [...poison(run), ...neighbours(run)],
    W: witness(run),
  };
  const invariants = Object.keys(found) as Invariant[];
  return {
    ...(Object.fromEntries(invariants.map((name) => [name, found[name].length === 0])) as Record<
      Invariant,
      boolean
    >),
    counts: count(run),
    violations: invariants.flatMap((invariant) =>
      found[invariant].map((message) => ({ invariant, message })),
    ),
  };
}

function lost({ sends, confirmed, effects, dlq }: Run): string[] {
  return [...sends.values()]
    .filter(({ id }) => confirmed.has(id))
    .flatMap(({ id, expect }) => Object.keys(expect).map((consumer) => slot({ id, consumer })))
    .filter((share) => !effects.has(share) && !dlq.has(share))
    .map((share) => `${share}: confirmed, but neither an effect nor in the DLQ`);
}

function unexpected({ sends, of }: Run): string[] {
  const strangers = [...of('effect'), ...of('dlq')].filter(
    ({ id, consumer }) => !sends.get(id)?.expect[consumer],
  );
  return strangers.map((event) => `${slot(event)}: ${event.type} of a message that was never sent to it`);
}

function unsettled({ sends, confirmed, of }: Run): string[] {
  const rejected = new Set(of('reject').map(({ id }) => id));
  const dead = new Set(of('kill').map(({ victim }) => victim));
  return [...sends.values()]
    .filter(({ id, pid }) => !confirmed.has(id) && !rejected.has(id) && !dead.has(pid))
    .map(({ id }) => `${id}: the send neither resolved nor rejected`);
}

/** Starts of one attempt beyond the first. A retry is a new attempt, not a redelivery. */
function extraStarts({ of }: Run): number {
  const starts = of('handler-start');
  return starts.length - new Set(starts.map(attempt)).size;
}

function redeliveries(run: Run): string[] {
  const { inFlightBound } = run.options;
  const faults = faultsOf(run);
  const extra = extraStarts(run);
  const bound = inFlightBound * faults;
  return extra > bound
    ? [`${extra} redeliveries; ${faults} faults × ${inFlightBound} in flight explain ${bound}`]
    : [];
}

/**
 * A repeat needs its reason: with a key store, only the effects of a killed process can be repeated, those it had in
 * flight when it died. A cut connection explains none, since the mark was set and the redelivery finds it.
 */
function repeatedEffects({ options, of, effects }: Run): string[] {
  const { strategy, inFlightBound } = options;
  if (strategy === 'none') return [];
  const killed = new Set(of('kill').map(({ victim }) => victim));
  const perKill = new Map<number, number>();
  const violations: string[] = [];
  for (const [share, repeated] of effects) {
    for (const { pid } of repeated.slice(0, -1)) {
      if (strategy === 'inbox')
        violations.push(`${share}: the effect is repeated, but mark and effect commit together`);
      else if (killed.has(pid)) perKill.set(pid, (perKill.get(pid) ?? 0) + 1);
      else violations.push(`${share}: the effect is repeated, though process ${pid} was not killed`);
    }
  }
  for (const [pid, repeats] of perKill) {
    if (repeats <= inFlightBound) continue;
    violations.push(
      `${repeats} effects of killed process ${pid} are repeated; it held at most ${inFlightBound} messages`,
    );
  }
  return violations;
}

/** A repeat comes late by its nature; it is the first effect of each message that has a place. */
function disordered({ options, of, sends, effects }: Run): string[] {
  const { ordered = [] } = options;
  const place = new Map([...sends.keys()].map((id, at) => [id, at]));
  const last = new Map<string, string>();
  const violations: string[] = [];
  for (const event of of('effect')) {
    const key = sends.get(event.id)?.key;
    if (key === undefined || !ordered.includes(event.consumer)) continue;
    if (effects.get(slot(event))?.[0] !== event) continue;
    const lane = `${event.consumer} ${key}`;
    const before = last.get(lane);
    if (before !== undefined && (place.get(before) ?? 0) > (place.get(event.id) ?? 0))
      violations.push(
        `${slot(event)}: its effect came after that of ${before}, which was sent later (${key})`,
      );
    last.set(lane, event.id);
  }
  return violations;
}

/** Every consumer's share that ought to end in the DLQ, checked against the records that are there. */
function poison(run: Run): string[] {
  return [...run.sends.values()].flatMap((send) =>
    Object.entries(send.expect).flatMap(([consumer, expected]) =>
      expected === 'effect' ? [] : poisonShare(run, send, consumer, expected),
    ),
  );
}

function poisonShare(
  run: Run,
  send: Of<'send'>,
  consumer: string,
  expected: Exclude<Expectation, 'effect'>,
): string[] {
  const share = slot({ id: send.id, consumer });
  const records = run.dlq.get(share) ?? [];
  const violations: string[] = [];
  const complain = (text: string): number => violations.push(`${share}: ${text}`);

  if (run.effects.has(share)) complain('poison had an effect');
  if (records.length === 0 && run.confirmed.has(send.id)) complain('poison is not in the DLQ');
  const ids = new Set(records.map(({ dlqId }) => dlqId));
  if (ids.size > 1) complain(`${ids.size} DLQ records with different DLQ ids`);
  else if (records.length > 1 && !explainsCopies(run))
    complain(`${records.length} copies in the DLQ without a fault`);
  for (const record of records) {
    if (record.reason !== expected.reason) complain(`reason ${record.reason}, expected ${expected.reason}`);
    if (record.attempts !== expected.attempts)
      complain(`${record.attempts} attempts, expected ${expected.attempts}`);
    if (record.body !== send.body) complain('the body in the DLQ differs from the one sent');
    for (const [name, value] of Object.entries(send.headers)) {
      if (record.headers[name] !== value)
        complain(`header ${name} is ${record.headers[name]}, sent as ${value}`);
    }
  }
  return violations;
}

/** After a crash between confirm and ack there may be copies; they share one DLQ id. */
function explainsCopies({ of }: Pick<Run, 'of'>): boolean {
  return faultsOf({ of }) > 0;
}

const faultsOf = ({ of }: Pick<Run, 'of'>): number =>
  of('kill').length + of('cut').length + of('fault').length;

/** A healthy message in the DLQ: poison or a fault has taken a neighbour along. */
function neighbours({ of, sends }: Run): string[] {
  return of('dlq')
    .filter(({ id, consumer }) => sends.get(id)?.expect[consumer] === 'effect')
    .map((record) => `${slot(record)}: a healthy message is in the DLQ (${record.reason})`);
}

/** Without a fault in the middle of work, a clean run proves nothing. */
function witness({ options, history, of }: Run): string[] {
  const { kills, cuts = 0, faults = 0 } = options;
  const struck = of('fault').filter(({ evidence }) => evidence > 0);
  const witnessed = history.filter(
    (event, at) => event.type === 'kill' && heldWork(history, event.victim, at),
  );
  const cut = of('cut').filter(({ connections }) => connections > 0);
  return [
    ...(witnessed.length < kills
      ? [`${witnessed.length} of ${kills} kills hit a process with work in flight`]
      : []),
    ...(cut.length < cuts ? [`${cut.length} of ${cuts} cuts met an established connection`] : []),
    ...(struck.length < faults
      ? [`${struck.length} of ${faults} faults struck while work was under way`]
      : []),
  ];
}

/**
 * Whether the victim, dead since event `at`, held work: an attempt it had started was started again afterwards. One
 * killed between mark and ack leaves no such trace and does not count.
 */
function heldWork(history: readonly Recorded[], victim: number, at: number): boolean {
  const attempts = (events: readonly Recorded[]): string[] =>
    events.filter((event) => event.type === 'handler-start').map(attempt);
  const started = new Set(attempts(history.slice(0, at).filter(({ pid }) => pid === victim)));
  return attempts(history.slice(at + 1)).some((again) => started.has(again));
}

function count(run: Run): Counts {
  const { of, sends, confirmed, effects, dlq } = run;
  const beyondFirst = <T>(groups: Iterable<T[]>): number =>
    [...groups].reduce((sum, group) => sum + group.length - 1, 0);
  const dlqIds = [...dlq.values()].map((records) => new Set(records.map(({ dlqId }) => dlqId)).size);
  return {
    sent: sends.size,
    confirmed: confirmed.size,
    rejected: of('reject').length,
    effects: of('effect').length,
    repeatedEffects: beyondFirst(effects.values()),
    redeliveries: extraStarts(run),
    dlqRecords: of('dlq').length,
    dlqCopies: of('dlq').length - dlqIds.reduce((sum, ids) => sum + ids, 0),
    kills: of('kill').length,
    cuts: of('cut').length,
    faults: of('fault').length,
  };
}
