import { orAborted, unwatchAbort, watchAbort } from './abort.ts';
import { OrderHeldError } from './errors.ts';
import { Lanes } from './lanes.ts';

interface Ticket {
  held: boolean;
}

/**
 * At most one send at work per key, in call order. When one fails, those already waiting behind it fail too, unsent:
 * sending them would overtake it. Calls made after the failure start afresh.
 */
export class OrderedSends {
  readonly #lanes = new Lanes();
  /** Per key, in call order: sends waiting or at work. */
  readonly #tickets = new Map<string, Set<Ticket>>();

  /** Settles when the signal aborts, even while an earlier send of the key is still at work. */
  run<T>(key: string, send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const ticket: Ticket = { held: false };
    const tickets = this.#tickets.get(key) ?? new Set();
    this.#tickets.set(key, tickets.add(ticket));
    const fail = () => {
      if (!tickets.has(ticket)) return;
      holdBehind(tickets, ticket);
      this.#remove(key, tickets, ticket);
    };
    watchAbort(signal, fail);
    const turn = this.#lanes.run(key, async () => {
      if (signal.aborted) throw signal.reason;
      if (ticket.held) {
        this.#remove(key, tickets, ticket);
        throw new OrderHeldError(`An earlier message of the key ${key} failed; this one was not sent.`);
      }
      try {
        return await send();
      } catch (error) {
        fail();
        throw error;
      } finally {
        this.#remove(key, tickets, ticket);
      }
    });
    return orAborted(turn, signal).finally(() => unwatchAbort(signal, fail));
  }

  #remove(key: string, tickets: Set<Ticket>, ticket: Ticket): void {
    tickets.delete(ticket);
    if (tickets.size === 0 && this.#tickets.get(key) === tickets) this.#tickets.delete(key);
  }
}

function holdBehind(tickets: ReadonlySet<Ticket>, failed: Ticket): void {
  let behind = false;
  for (const ticket of tickets) {
    if (behind) ticket.held = true;
    if (ticket === failed) behind = true;
  }
}
