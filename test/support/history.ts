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
  | { type: 'cut'; connections: number };

/** An event as it stands in the file, with the process that wrote it. The order is that of the file. */
export type Recorded = HistoryEvent & { pid: number };

/**
 * Longest line in bytes. One `write` of at most a page is all or nothing on a local file system, also when the writer
 * is killed in the middle of it, and `O_APPEND` keeps the lines of several processes apart.
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
    const line = Buffer.from(`${JSON.stringify({ ...event, pid: process.pid })}\n`);
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

/** @throws when a line is not one whole event, with its number */
export function readHistory(path: string): Recorded[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.pop() !== '') throw new Error(`${path}: the last line is cut off`);
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as Recorded;
    } catch {
      throw new Error(`${path}:${index + 1}: not an event: ${line.slice(0, 80)}`);
    }
  });
}
