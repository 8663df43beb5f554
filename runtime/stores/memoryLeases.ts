import type { Checkpoint, Held, Lease, LeaseStore, Standing } from '../core/partitions/leases.ts';

interface Row {
  owner: string | undefined;
  epoch: number;
  expiresAt: number;
  checkpoint: Checkpoint | undefined;
}

interface Group {
  readonly members: Map<string, number>;
  readonly leases: Map<string, Row>;
  readonly starts: Map<string, string>;
}

/** Keeps the leases of one process, for tests. A restart forgets them. */
export function memoryLeases(): LeaseStore {
  return new MemoryLeases();
}

class MemoryLeases implements LeaseStore {
  readonly connected = true;
  readonly #groups = new Map<string, Group>();

  async open(): Promise<void> {}
  async close(): Promise<void> {}

  async beat(name: string, member: string, held: readonly Held[], leaseMs: number): Promise<Standing> {
    const { members, leases } = this.#group(name);
    const now = performance.now();
    members.set(member, now + leaseMs);
    for (const lease of held) {
      const row = ownRow(leases, member, lease);
      if (row) row.expiresAt = now + leaseMs;
    }
    for (const [other, expiresAt] of members) if (expiresAt <= now) members.delete(other);
    return { members: [...members.keys()], leases: [...leases].map(([shard, row]) => view(shard, row)) };
  }

  async take(name: string, member: string, shard: string, leaseMs: number): Promise<Lease | undefined> {
    const { leases } = this.#group(name);
    const now = performance.now();
    const row = leases.get(shard) ?? { owner: undefined, epoch: 0, expiresAt: 0, checkpoint: undefined };
    if (row.owner !== undefined && row.expiresAt > now) return undefined;
    Object.assign(row, { owner: member, epoch: row.epoch + 1, expiresAt: now + leaseMs });
    leases.set(shard, row);
    return view(shard, row);
  }

  async save(
    name: string,
    member: string,
    checkpoints: readonly (Held & { readonly checkpoint: Checkpoint })[],
  ): Promise<readonly boolean[]> {
    const { leases } = this.#group(name);
    return checkpoints.map((each) => {
      const row = ownRow(leases, member, each);
      if (row) row.checkpoint = each.checkpoint;
      return row !== undefined;
    });
  }

  async release(name: string, member: string, held: readonly Held[]): Promise<void> {
    const { leases } = this.#group(name);
    for (const lease of held) {
      const row = ownRow(leases, member, lease);
      if (row) row.owner = undefined;
    }
  }

  async leave(name: string, member: string): Promise<void> {
    this.#group(name).members.delete(member);
  }

  async startOf(name: string, stream: string, proposed: string): Promise<string> {
    const { starts } = this.#group(name);
    const start = starts.get(stream) ?? proposed;
    starts.set(stream, start);
    return start;
  }

  async forget(name: string, shards: readonly string[]): Promise<void> {
    for (const shard of shards) this.#group(name).leases.delete(shard);
  }

  #group(name: string): Group {
    const known = this.#groups.get(name) ?? { members: new Map(), leases: new Map(), starts: new Map() };
    this.#groups.set(name, known);
    return known;
  }
}

function ownRow(leases: ReadonlyMap<string, Row>, member: string, { shard, epoch }: Held): Row | undefined {
  const row = leases.get(shard);
  return row?.owner === member && row.epoch === epoch ? row : undefined;
}

function view(shard: string, { owner, epoch, expiresAt, checkpoint }: Row): Lease {
  return {
    shard,
    epoch,
    ...(owner !== undefined && expiresAt > performance.now() ? { owner } : {}),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}
