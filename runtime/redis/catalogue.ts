import { TopologyError } from '../core/errors.ts';
import type { TopicDeclaration } from '../core/types.ts';
import type { Argument, Connection, Reply } from './connection.ts';
import { ReplyError } from './connection.ts';
import { declaredKey, type GroupDeclaration, keysOf, type StreamDeclaration } from './streams.ts';

/** The streams that were declared at a Redis, and how to declare more. */
export class Catalogue {
  readonly #connection: Connection;
  #streams: ReadonlyMap<string, StreamDeclaration> = new Map();
  #refreshing: Promise<void> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get names(): readonly string[] {
    return [...this.#streams.keys()];
  }

  get(name: string): StreamDeclaration | undefined {
    return this.#streams.get(name);
  }

  /** Asks Redis where the name is not known yet. @throws TopologyError when it was never declared */
  async find(name: string): Promise<StreamDeclaration> {
    if (!this.#streams.has(name)) await this.refresh();
    const found = this.#streams.get(name);
    if (found === undefined) throw missing(name);
    return found;
  }

  refresh(): Promise<void> {
    this.#refreshing ??= this.#read().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #read(): Promise<void> {
    const reply = (await this.#connection.command('HGETALL', declaredKey)) as readonly Buffer[];
    const streams = new Map<string, StreamDeclaration>();
    for (let at = 0; at + 1 < reply.length; at += 2) {
      streams.set(String(reply[at]), JSON.parse(String(reply[at + 1])));
    }
    this.#streams = streams;
  }

  /** Which of the keys of a stream are there. */
  async present(stream: TopicDeclaration): Promise<readonly boolean[]> {
    return Promise.all(
      keysOf(stream).map(async (key) => (await this.#connection.command('EXISTS', key)) === 1),
    );
  }

  /** Names of the groups at every key of a stream that is there. */
  async groupsOf(stream: TopicDeclaration): Promise<ReadonlySet<string>> {
    const perKey = await Promise.all(
      keysOf(stream).map(async (key) => {
        const groups = (await this.#connection.command(
          'XINFO',
          'GROUPS',
          key,
        )) as readonly (readonly Reply[])[];
        return new Set(groups.map((group) => String(fieldOf(group, 'name'))));
      }),
    );
    const [first = new Set<string>(), ...others] = perKey;
    return new Set([...first].filter((name) => others.every((each) => each.has(name))));
  }

  /** Makes what is missing of a stream and notes its declaration. */
  async create(stream: StreamDeclaration): Promise<void> {
    const temporary = 'loom:create';
    for (const key of keysOf(stream)) {
      // Redis makes an empty stream with a group only.
      await this.createGroup(key, { name: temporary }, ['MKSTREAM']);
      for (const group of stream.groups ?? []) await this.createGroup(key, group);
      await this.#connection.command('XGROUP', 'DESTROY', key, temporary);
    }
    await this.#connection.command('HSET', declaredKey, stream.name, JSON.stringify(stream));
  }

  async createGroup(
    key: string,
    { name, startFrom = 'earliest' }: GroupDeclaration,
    options: readonly Argument[] = [],
  ): Promise<void> {
    const start = startFrom === 'latest' ? '$' : '0';
    try {
      await this.#connection.command('XGROUP', 'CREATE', key, name, start, ...options);
    } catch (error) {
      if (!(error instanceof ReplyError)) throw error;
      if (error.reply === 'BUSYGROUP') return;
      if (error.message.includes('requires the key to exist')) throw missing(key);
      throw error;
    }
  }
}

export const missing = (name: string): TopologyError =>
  new TopologyError(`The stream ${name} does not exist.`);

/** A field of a reply that lists names and values in turn. */
export function fieldOf(list: readonly Reply[], name: string): Reply {
  for (let at = 0; at + 1 < list.length; at += 2) if (String(list[at]) === name) return list[at + 1] ?? null;
  return null;
}
