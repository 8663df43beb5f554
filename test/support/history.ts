import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/*
 * The history of a run under faults: what was sent, confirmed, handled and dead-lettered, by every process, in one
 * append-only file. Handlers of generated workspaces take a copy of this file, so it imports nothing but Node.
 */

/** What one consumer should make of a message: its effect, or a DLQ record with these values. */
export type Expectation = 'effect' | { reason: string; attempts: number };

/** One event of a run. `id` is the event id that the producer assigned; `body` is a {@link digest}. */
export type HistoryEvent =
  | {
      type: 'send';
      id: string;
      /** Per consumer that should receive it. */
      expect: Record<string, Expectation>;
      body: string;
      /** The headers that a DLQ record must still carry. */
      headers: Record<string, string>;
      /** Where an order is promised: messages of one key are in the order of their sends. */
      key?: string;
    }
  | { type: 'confirm'; id: string }
  | { type: 'reject'; id: string; reason: string }
  | { type: 'handler-start'; id: string; consumer: string; attempt: number }
  | { type: 'effect'; id: string; consumer: string }
  | {
      type: 'dlq';
      id: string;
      consumer: string;
      dlqId: string;
      reason: string;
      attempts: number;
      body: string;
      headers: Record<string, string>;
    }
  /** Process `victim` was killed with -9. Written after its end, so nothing of the victim follows. */
  | { type: 'kill'; victim: number }
  /** `connections` established connections were cut. */
  | { type: 'cut'; connections: number }
  /** Another fault struck; `evidence` counts what was under way and shows that it did, such as handlers at work. */
  | { type: 'fault'; name: string; evidence: number };

/** An event as it stands in the file, with the process that wrote it. The order is that of the file. */
export type Recorded = HistoryEvent & { pid: number };

/**
 * Longest line in bytes: the kernel appends so much at a time, or two pieces of it where it crosses a page. `O_APPEND`
 * keeps the lines of several processes apart, and a kill of the writer leaves a whole line, none, or its first piece.
 */
const longestLine = 4096;

/** SHA-256 in hex: stands for a body of any size. */
export function digest(body: Uint8Array | string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Appends events to one file; any number of processes may hold the same file. */
export class HistoryWriter {
  #fd: number;

  constructor(path: string) {
    this.#fd = openSync(path, 'a');
  }

  /** Returns when the kernel has the event: it survives a kill of this process from here on. */
  append(event: HistoryEvent): void {
    // The line begins with its own break, so that a piece left by a killed process stays a line of its own.
    const line = Buffer.from(`\n${JSON.stringify({ ...event, pid: process.pid })}`);
    if (line.length > longestLine) {
      throw new Error(
        `a history line of ${line.length} bytes; at most ${longestLine} are written in one piece`,
      );
    }
    const written = writeSync(this.#fd, line);
    if (written !== line.length)
      throw new Error(`wrote ${written} of ${line.length} bytes of a history line`);
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/**
 * Reads what is there. A line that a killed process left unfinished is no event: what it was to record had not
 * happened. There can be one per kill. The last line may besides be one that is being written at this moment.
 * @throws when there are more unfinished lines than kills, with the first one
 */
export function readHistory(path: string): Recorded[] {
  const torn: string[] = [];
  const lines = readFileSync(path, 'utf8').split('\n');
  const events = lines.flatMap((line, index) => {
    if (line === '') return [];
    try {
      return [JSON.parse(line) as Recorded];
    } catch {
      if (index < lines.length - 1) torn.push(line);
      return [];
    }
  });
  if (torn.length > events.filter(({ type }) => type === 'kill').length) {
    throw new Error(`${path}: not an event: ${torn[0]?.slice(0, 80)}`);
  }
  return events;
}
