import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Patch } from './bug.ts';

/**
 * The text with the patch applied.
 * @throws when its search string does not stand there exactly once: the test would run the library as it is
 */
export function patched(text: string, { file, search, replacement }: Patch): string {
  const [before, after, ...more] = text.split(search);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(
      `The patch no longer applies: ${file} has ${after === undefined ? 'no' : 'more than one'} ${JSON.stringify(search)}. ` +
        'Correct the planted bug in test/faults/planted.',
    );
  return before + replacement + after;
}

/** Applies patches below a folder. @returns What takes them back. */
export function plant(dir: string, patches: readonly Patch[]): () => void {
  const originals = new Map<string, string>();
  const texts = new Map<string, string>();
  for (const patch of patches) {
    const path = join(dir, patch.file);
    const text = texts.get(path) ?? readFileSync(path, 'utf8');
    if (!originals.has(path)) originals.set(path, text);
    texts.set(path, patched(text, patch));
  }
  for (const [path, text] of texts) writeFileSync(path, text);
  return () => {
    for (const [path, text] of originals) writeFileSync(path, text);
  };
}
