import type { Backlog, LogSource, SubscribeOptions, Subscription } from '../core/types.ts';
import type { Broker } from './broker.ts';
import type { GroupMember, MemoryGroup } from './group.ts';

type LogSubscription = Extract<SubscribeOptions, LogSource>;

/** A service's membership in a consumer group of a broker in this process. */
export class MemoryMembership implements Subscription {
  readonly #group: MemoryGroup;
  readonly #options: LogSubscription;
  #member: GroupMember;
  #open = true;

  /** @throws TopologyError when a topic does not exist */
  constructor(broker: Broker, options: LogSubscription) {
    for (const { topic } of options.topics) broker.topic(topic);
    this.#group = broker.group(options.group);
    this.#options = options;
    this.#member = this.#group.join(options);
  }

  reconnect(): void {
    if (!this.#open) return;
    this.#group.leave(this.#member);
    this.#member = this.#group.join(this.#options);
  }

  async backlog(): Promise<Backlog> {
    return { messages: this.#group.moving };
  }

  async cancel(): Promise<void> {
    this.#open = false;
    this.#member.intake.stop();
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#member.intake.stop();
    this.#group.leave(this.#member);
  }
}
