import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startDesktop } from './start/desktop.ts';
import { startWeb } from './start/web.ts';

/**
 * `npm start [-- FILE] [-- --web] [-- --no-sandbox]`: opens the designer, by default with the example. Where the
 * desktop app cannot run, the web app is served on loopback instead, with the reason in one line.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    web: { type: 'boolean', default: false },
    'no-sandbox': { type: 'boolean', default: false },
  },
});
const root = join(import.meta.dirname, '..');
const file = resolve(positionals[0] ?? join(root, 'examples', 'fulfilment.loom.yaml'));
if (!existsSync(file)) {
  console.error(`LOOM_USAGE ${file} There is no such file. Name a design file, or none to open the example.`);
  process.exit(2);
}

try {
  if (!values.web) {
    const outcome = await startDesktop({ root, file, sandbox: !values['no-sandbox'] });
    if (outcome.shown) process.exit(outcome.exitCode);
    console.log(`The desktop app did not start: ${outcome.reason}`);
  }
  await startWeb();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
