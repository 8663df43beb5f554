import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { applyWrite, type OutputTree, planWrite } from '../../disk/index.ts';
import { between, edits, first, next } from './crash-trees.ts';
import { filesIn, temporaryFolder } from './support.ts';

const script = fileURLToPath(new URL('./crash.ts', import.meta.url));

async function write(out: string, tree: OutputTree): Promise<void> {
  const plan = await planWrite(out, tree, { generator: '1' });
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  expect(await applyWrite(plan.value)).toMatchObject({ ok: true });
}

/** A workspace of the first version, edited by its user, with a conflict that the user has settled. */
async function editedWorkspace(): Promise<string> {
  const out = await temporaryFolder();
  await write(out, first);
  for (const [path, text] of Object.entries(edits)) await writeFile(join(out, path), text);
  await write(out, between);
  await rm(join(out, 'settled.ts.new'));
  return out;
}

const everything = (out: string) => filesIn(out, '.brokerloom/stage-');

test('kill -9 before any change of a name leaves every file old or new, and the next run completes', async () => {
  const undisturbed = await editedWorkspace();
  const before = await everything(undisturbed);
  await write(undisturbed, next);
  const after = await everything(undisturbed);

  let kills = 0;
  for (let n = 1; ; n++) {
    const out = await editedWorkspace();
    const { signal, status, stderr } = spawnSync(process.execPath, [script, out, String(n)], {
      encoding: 'utf8',
    });
    if (signal !== 'SIGKILL') {
      expect(status, stderr).toBe(0);
      break;
    }
    kills++;
    const left = await everything(out);
    const torn = [...new Set([...Object.keys(left), ...Object.keys(before), ...Object.keys(after)])].filter(
      (path) => left[path] !== before[path] && left[path] !== after[path],
    );
    expect(torn, `killed before change ${n}`).toEqual([]);
    await write(out, next);
    expect(await everything(out), `killed before change ${n}`).toEqual(after);
  }
  // Five files, a FILE.new, their six pristine copies, what was offered, and the manifest.
  expect(kills).toBeGreaterThanOrEqual(12);
}, 60_000);
