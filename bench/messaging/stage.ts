import { createClient } from 'redis';

/** What the programs run on. All of them find the same: empty channels, or the same messages in them. */
export interface Stage {
  /** Settings for the programs. */
  readonly env: Readonly<Record<string, string>>;
  /** Before a program that sends. */
  empty(): Promise<void>;
  /** Before a program that receives: so many messages, and nothing in the store. */
  fill(messages: number): Promise<void>;
  /** @throws unless a program that sent has left so many messages */
  assertSent(messages: number): Promise<void>;
  /** @throws unless a program that received has settled all of them at the broker */
  assertSettled(messages: number): Promise<void>;
}

/** Removes everything from a Redis. */
export async function flush({ url }: { readonly url: string }): Promise<void> {
  const client = createClient({ url });
  await client.connect();
  await client.flushAll();
  await client.close();
}
