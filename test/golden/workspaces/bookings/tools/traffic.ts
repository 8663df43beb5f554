import { readFileSync } from 'node:fs';
import { examples } from '../contracts/examples.ts';
import type { MessageContract, ServiceDefinition } from '../messaging/index.ts';
import { sampleOf } from './sample.ts';

/** One message to send. */
export interface Send {
  readonly producer: string;
  readonly type: string;
  readonly body: unknown;
}

export interface TrafficOptions {
  /** Messages of each type. */
  readonly count: number;
  /** How many different keys the bodies get; those of the examples where it is left out. */
  readonly keys?: number | undefined;
  /** 0: keys are equally frequent; above, the n-th most frequent key has a share of 1/n^skew. */
  readonly skew?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * What the producers of a service send: of each message type the examples in turn, or a body made of its schema where
 * it has none. The same for the same options.
 */
export function* trafficOf(service: ServiceDefinition, options: TrafficOptions): Generator<Send> {
  const draw = keyDraw(options);
  const flows = Object.entries(service.producers).flatMap(([producer, { messages }]) =>
    messages.map((contract: MessageContract) => ({ producer, contract, bodies: bodiesOf(contract) })),
  );
  if (flows.every(({ bodies }) => bodies.length === 0)) return;
  for (let i = 0; i < options.count; i++) {
    for (const { producer, contract, bodies } of flows) {
      if (bodies.length === 0) continue;
      const example = bodies[i % bodies.length];
      const body = draw === undefined ? example : withKey(contract, example, draw());
      yield { producer, type: contract.type, body };
    }
  }
}

/** Message types of a service for which there is neither an example nor a body that fits the schema. */
export function withoutBodies(service: ServiceDefinition): string[] {
  return Object.values(service.producers)
    .flatMap(({ messages }) => messages)
    .filter((contract: MessageContract) => bodiesOf(contract).length === 0)
    .map(({ type }) => type);
}

function bodiesOf({ type, validate }: MessageContract): readonly unknown[] {
  const given = examples[type] ?? [];
  if (given.length > 0) return given;
  const schema = new URL(`../contracts/schemas/${encodeURIComponent(type)}.json`, import.meta.url);
  const sample = sampleOf(JSON.parse(readFileSync(schema, 'utf8')));
  return validate(sample) ? [sample] : [];
}

/** The body with another aggregate id, in the first form that its schema takes. */
function withKey({ type, aggregateIdPath, validate }: MessageContract, body: unknown, n: number): unknown {
  if (aggregateIdPath === undefined) return body;
  const uuid = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  for (const key of [`key-${n}`, n, uuid]) {
    const copy = replaced(structuredClone(body), aggregateIdPath, key);
    if (validate(copy)) return copy;
  }
  throw new Error(`The schema of ${type} takes no made-up value at ${aggregateIdPath}: leave --keys out.`);
}

/** Sets the value at a JSON pointer (RFC 6901). */
function replaced(body: unknown, pointer: string, value: unknown): unknown {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = path.pop();
  let parent = body as Record<string, unknown>;
  for (const name of path) parent = (parent[name] ?? {}) as Record<string, unknown>;
  if (last !== undefined) parent[last] = value;
  return body;
}

/** Draws key numbers from 1; `undefined` where the keys of the examples stay. */
function keyDraw({ keys, skew = 0, seed = 1 }: TrafficOptions): (() => number) | undefined {
  if (keys === undefined) return undefined;
  const random = seededRandom(seed);
  let sum = 0;
  const sums = Array.from({ length: keys }, (_, i) => {
    sum += (i + 1) ** -skew;
    return sum;
  });
  return () => {
    const point = random() * sum;
    let [low, high] = [0, keys - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < point) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/** Even over 0 to 1: mulberry32, which is small and good enough to spread keys. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
