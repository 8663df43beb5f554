import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launchApp } from './support/app.ts';

test('shows the design it was started with in a real window, without an error in the page', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'brokerloom-e2e-')), 'first.loom.yaml');
  await writeFile(file, 'brokerloom: 1\nname: first\n');
  const launched = await launchApp({ file });
  try {
    await launched.page.getByText('first.loom.yaml').first().waitFor();
    await launched.screenshot('window');
    expect(launched.pageErrors).toEqual([]);
  } finally {
    await launched.close();
  }
});
