import { join } from 'node:path';
import { preview } from 'vite';
import { ensureBuilt } from '../../build/ensure.ts';

/** Serves the web app on loopback until the process is ended, and prints its address. */
export async function startWeb(): Promise<void> {
  await ensureBuilt('web');
  const server = await preview({ configFile: join(import.meta.dirname, '..', '..', 'build', 'vite.web.ts') });
  console.log(`Brokerloom is at ${server.resolvedUrls?.local[0]}`);
}
