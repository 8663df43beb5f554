import { randomBytes } from 'node:crypto';
import type { FolderToken } from '../../../core/contract/ipc.ts';

/** Knows which token stands for which folder the user picked. */
export class Folders {
  readonly #paths = new Map<FolderToken, string>();

  add(path: string): FolderToken {
    const token = `dir_${randomBytes(16).toString('base64url')}`;
    this.#paths.set(token, path);
    return token;
  }

  get(token: FolderToken): string {
    const path = this.#paths.get(token);
    if (path === undefined) throw new Error('LOOM_FOLDER_UNKNOWN: no such folder.');
    return path;
  }
}
