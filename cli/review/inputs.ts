import { existsSync } from 'node:fs';
import { fail, ok, type Result } from '../../core/result.ts';
import type { Located } from '../io.ts';

/**
 * The files that arguments name, globs written out, each once. Shells that write globs out themselves are fine too; a
 * file whose name looks like a glob is that file.
 */
export async function filesNamed(
  args: readonly string[],
): Promise<Result<readonly string[], readonly Located[]>> {
  const files = new Set<string>();
  const problems: Located[] = [];
  for (const arg of args) {
    if (!/[*?[\]{}]/.test(arg) || existsSync(arg)) {
      files.add(arg);
      continue;
    }
    const { glob } = await import('tinyglobby');
    const found = await glob(arg.replaceAll('\\', '/'), {
      expandDirectories: false,
      ignore: ['**/node_modules/**'],
    });
    for (const file of found.sort()) files.add(file);
    if (found.length === 0)
      problems.push({ code: 'LOOM_IO', file: arg, message: 'No file matches.', hint: 'Check the glob.' });
  }
  return problems.length > 0 ? fail(problems) : ok([...files]);
}
