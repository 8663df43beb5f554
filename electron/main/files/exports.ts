import { randomBytes } from 'node:crypto';
import type { ExportToken } from '../../../core/contract/ipc.ts';

/** Where an export goes: the file that the user chose, and the picture beside it. */
export interface ExportTarget {
  readonly path: string;
  readonly picture: string | null;
}

/** Knows which token stands for which target; each is good for one export. */
export class ExportTargets {
  readonly #targets = new Map<ExportToken, ExportTarget>();

  add(target: ExportTarget): ExportToken {
    const token = `exp_${randomBytes(16).toString('base64url')}`;
    this.#targets.set(token, target);
    return token;
  }

  take(token: ExportToken): ExportTarget {
    const target = this.#targets.get(token);
    if (!target) throw new Error('LOOM_EXPORT_UNKNOWN: no such target.');
    this.#targets.delete(token);
    return target;
  }
}
