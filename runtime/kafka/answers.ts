import { MultipleErrors, protocolErrorsCodesById } from '@platformatic/kafka';

/** The name that Kafka gives an error code, e.g. `NOT_LEADER_OR_FOLLOWER`; `NONE` for 0. */
export function errorId(code: number): string {
  return (protocolErrorsCodesById as Readonly<Record<number, string>>)[code] ?? `error ${code}`;
}

/** The client rejects when any part of an answer has an error code; we want the answer, to look at each part. */
export async function answerOf<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    const response = error instanceof MultipleErrors ? error['response'] : undefined;
    if (response !== undefined) return response as T;
    throw error;
  }
}

/** An answer that says no. */
export class KafkaRefusal extends Error {
  readonly id: string;

  constructor(what: string, code: number, detail?: string | null) {
    const id = errorId(code);
    super(`Kafka refuses ${what}: ${id}${detail ? ` (${detail})` : ''}.`);
    this.id = id;
  }
}

/** @throws KafkaRefusal unless the code is 0 */
export function assertNoError(what: string, code: number, detail?: string | null): void {
  if (code !== 0) throw new KafkaRefusal(what, code, detail);
}
