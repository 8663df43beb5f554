import type { Delivery, SubscribedTopic } from '../types.ts';
import { Assignment } from './assignment.ts';

interface IntakeOptions {
  readonly topics: readonly SubscribedTopic[];
  /** Most records handed out and not settled, over all partitions. */
  readonly prefetch: number;
  readonly onDelivery: (delivery: Delivery) => Promise<void> | void;
  /** A partition has room for more records. */
  readonly onHungry: () => void;
  /** Something was settled. */
  readonly onProgress: () => void;
}

/** Hands out the records of all partitions that are this member's, turn by turn, within the prefetch. */
export class LogIntake {
  readonly #options: IntakeOptions;
  readonly #assignments = new Set<Assignment>();
  /** Those with records to hand out: of many partitions, few have some. */
  readonly #filled = new Set<Assignment>();
  /** Records handed out and not settled. */
  #outstanding = 0;
  #open = true;
  #pumping = false;
  #again = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  get assignments(): Iterable<Assignment> {
    return this.#assignments;
  }

  find(topic: string, partition: number): Assignment | undefined {
    for (const assignment of this.#assignments) {
      if (assignment.topic === topic && assignment.partition === partition) return assignment;
    }
    return undefined;
  }

  assign(topic: string, partition: number, position: bigint): Assignment {
    const maxDelayMs = this.#options.topics.find((subscribed) => subscribed.topic === topic)?.maxDelayMs;
    const assignment: Assignment = new Assignment({ topic, partition, position }, maxDelayMs, {
      filled: () => this.#filled.add(assignment),
      freed: (count) => {
        this.#outstanding -= count;
      },
      wake: () => this.#pump(),
      progressed: () => this.#options.onProgress(),
    });
    this.#assignments.add(assignment);
    return assignment;
  }

  /** The partition is no longer ours. Settle and commit before, if there is time. */
  end(assignment: Assignment): void {
    this.#assignments.delete(assignment);
    assignment.end();
  }

  /** Nothing more is handed out. */
  stop(): void {
    this.#open = false;
  }

  #pump(): void {
    this.#again = true;
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#again) {
      this.#again = false;
      this.#round();
    }
    this.#pumping = false;
    for (const { wantsRecords } of this.#assignments) {
      if (!wantsRecords) continue;
      this.#options.onHungry();
      break;
    }
  }

  /** One record of each partition at a time, in turn over all rounds, so that a long backlog of one starves no other. */
  #round(): void {
    const held: Assignment[] = [];
    for (const assignment of this.#filled) {
      if (!this.#open || this.#outstanding >= this.#options.prefetch) break;
      this.#filled.delete(assignment);
      if (assignment.isEmpty) continue;
      if (assignment.handOut(this.#options.onDelivery)) {
        this.#outstanding++;
        // Behind the others, where this loop meets it again.
        this.#filled.add(assignment);
      } else held.push(assignment);
    }
    for (const assignment of held) this.#filled.add(assignment);
  }
}
