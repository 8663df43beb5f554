import type { Assignment } from '../core/partitions/assignment.ts';
import { LogIntake } from '../core/partitions/intake.ts';
import type { LogSource, SubscribeOptions } from '../core/types.ts';
import type { MemoryTopic } from './topic.ts';

type LogSubscription = Extract<SubscribeOptions, LogSource>;

/** One consumer of a group. */
export interface GroupMember {
  readonly intake: LogIntake;
  readonly options: LogSubscription;
}

/** How much is handed to a member at once; the rest is read when that is gone. */
const maxRead = 500;

/** A consumer group: the partitions of its topics go to its members in turn, and committed offsets stay. */
export class MemoryGroup {
  readonly #topic: (name: string) => MemoryTopic | undefined;
  readonly #onChange: () => void;
  readonly #committed = new Map<string, bigint>();
  readonly #members = new Set<GroupMember>();
  #rebalancing: Promise<void> = Promise.resolve();

  constructor(topic: (name: string) => MemoryTopic | undefined, onChange: () => void) {
    this.#topic = topic;
    this.#onChange = onChange;
  }

  /** Records that members will still get or have not settled. */
  get moving(): number {
    let records = 0n;
    for (const [name, members] of this.#subscribers()) {
      const topic = this.#topic(name);
      for (let partition = 0; partition < (topic?.partitions ?? 0); partition++) {
        records += (topic?.end(partition) ?? 0n) - this.#committedOf(name, partition, members[0]?.options);
      }
    }
    return Number(records);
  }

  join(options: LogSubscription): GroupMember {
    const member: GroupMember = {
      options,
      intake: new LogIntake({
        topics: options.topics,
        prefetch: options.prefetch,
        onDelivery: options.onDelivery,
        onHungry: () => this.#feed(member),
        onProgress: () => this.#commit(member),
      }),
    };
    this.#members.add(member);
    this.#rebalance();
    return member;
  }

  /** What the member has not settled goes to the others, from the committed offsets on. */
  leave(member: GroupMember): void {
    this.#members.delete(member);
    for (const assignment of [...member.intake.assignments]) member.intake.end(assignment);
    this.#rebalance();
    this.#onChange();
  }

  /** There is more to read. */
  wake(): void {
    for (const member of this.#members) this.#feed(member);
  }

  #feed({ intake }: GroupMember): void {
    for (const assignment of intake.assignments) {
      if (!assignment.wantsRecords) continue;
      const from = Number(assignment.position);
      const records = this.#topic(assignment.topic)
        ?.read(assignment.partition)
        .slice(from, from + maxRead);
      if (records !== undefined && records.length > 0)
        assignment.feed(records, BigInt(from + records.length));
    }
  }

  #commit({ intake }: GroupMember): void {
    for (const assignment of intake.assignments) this.#committed.set(id(assignment), assignment.committable);
    this.#onChange();
  }

  #committedOf(topic: string, partition: number, options: LogSubscription | undefined): bigint {
    const key = id({ topic, partition });
    const committed = this.#committed.get(key);
    if (committed !== undefined) return committed;
    const start = options?.startFrom === 'latest' ? (this.#topic(topic)?.end(partition) ?? 0n) : 0n;
    this.#committed.set(key, start);
    return start;
  }

  #subscribers(): Map<string, GroupMember[]> {
    const byTopic = new Map<string, GroupMember[]>();
    for (const member of this.#members) {
      for (const { topic } of member.options.topics) {
        byTopic.set(topic, [...(byTopic.get(topic) ?? []), member]);
      }
    }
    return byTopic;
  }

  /** One at a time: a partition changes hands only when its work at the old member has ended. */
  #rebalance(): void {
    this.#rebalancing = this.#rebalancing.then(() => this.#move());
  }

  async #move(): Promise<void> {
    const owners = new Map<string, GroupMember>();
    const wanted: { topic: string; partition: number; owner: GroupMember }[] = [];
    for (const [topic, members] of this.#subscribers()) {
      for (let partition = 0; partition < (this.#topic(topic)?.partitions ?? 0); partition++) {
        const owner = members[partition % members.length];
        if (owner === undefined) continue;
        owners.set(id({ topic, partition }), owner);
        wanted.push({ topic, partition, owner });
      }
    }
    await Promise.all([...this.#members].map((member) => this.#release(member, owners)));
    for (const { topic, partition, owner } of wanted) {
      if (!this.#members.has(owner) || owner.intake.find(topic, partition) !== undefined) continue;
      owner.intake.assign(topic, partition, this.#committedOf(topic, partition, owner.options));
    }
    this.wake();
  }

  async #release(member: GroupMember, owners: ReadonlyMap<string, GroupMember>): Promise<void> {
    const { intake } = member;
    const lost = [...intake.assignments].filter((assignment) => owners.get(id(assignment)) !== member);
    await Promise.all(lost.map((assignment) => assignment.revoke()));
    this.#commit(member);
    for (const assignment of lost) intake.end(assignment);
  }
}

function id({ topic, partition }: Pick<Assignment, 'topic' | 'partition'>): string {
  return `${topic}/${partition}`;
}
