import type { ContentHash, Failed } from '../../../core/contract/ipc.ts';
import { limits } from '../../../core/text/limits.ts';

/** Text of a file with the hash of its bytes. */
export interface Content {
  readonly text: string;
  readonly hash: ContentHash;
}

export async function hashOf(text: string): Promise<ContentHash> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Reads a file: at most 10 MB of valid UTF-8, whose byte order mark stays in the text. */
export async function readFile(file: File): Promise<Content | Failed> {
  if (file.size > limits.characters) {
    const reason = `${file.name} is larger than ${limits.characters / 1_000_000} MB. Split the design into several files.`;
    return { status: 'failed', code: 'LOOM_LIMIT', reason };
  }
  const bytes = await file.arrayBuffer();
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, hash: await hashOf(text) };
  } catch {
    return {
      status: 'failed',
      code: 'LOOM_SYNTAX',
      reason: `${file.name} is not valid UTF-8. Save it as UTF-8.`,
    };
  }
}
