import { createHash } from 'node:crypto';
import { z } from '../core/zod.ts';
import { toLf } from './merge.ts';
import { bookkeeping, pathFault } from './paths.ts';

/** Who writes a file after the first time: the generator, or only the user. */
export type Ownership = 'generated' | 'yours';

/** What is known of a file that was written. */
export interface ManifestEntry {
  readonly ownership: Ownership;
  /**
   * Hash of the text the generator last wrote, as {@link hashOf}; without it the file was there before and is never
   * deleted.
   */
  readonly sha256?: string | undefined;
}

export interface Manifest {
  /** Version of the program that wrote the workspace last. */
  readonly generator: string;
  readonly files: ReadonlyMap<string, ManifestEntry>;
}

/** Path of the manifest, of the pristine copy of a file, and of what a conflict offers, below the output folder. */
export const manifestPath = `${bookkeeping}/manifest.json`;
export const basePath = (path: string): string => `${bookkeeping}/base/${path}`;
export const offeredPath = (path: string): string => `${bookkeeping}/offered/${path}`;

/** SHA-256 in hex of a text with its line breaks as LF: git may turn them into CRLF on Windows. */
export const hashOf = (text: string): string => createHash('sha256').update(toLf(text)).digest('hex');

const schema = z.object({
  format: z.literal(1),
  generator: z.string(),
  files: z.record(
    z.string(),
    z.object({
      ownership: z.enum(['generated', 'yours']),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    }),
  ),
});

/** The manifest in a text; `undefined` when it is not one. Its paths are input and are checked as such. */
export function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) return undefined;
  const files = new Map<string, ManifestEntry>(Object.entries(parsed.data.files));
  for (const path of files.keys()) if (pathFault(path) !== undefined) return undefined;
  return { generator: parsed.data.generator, files };
}

/** One line per file, sorted, so that git merges manifests by file. */
export function printManifest({ generator, files }: Manifest): string {
  const lines = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, entry]) => `    ${JSON.stringify(path)}: ${JSON.stringify(entry)}`);
  return `{\n  "format": 1,\n  "generator": ${JSON.stringify(generator)},\n  "files": {\n${lines.join(',\n')}\n  }\n}\n`;
}
