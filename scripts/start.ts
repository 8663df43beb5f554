import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startDesktop } from './start/desktop.ts';
import { startWeb } from './start/web.ts';

/**
 * `npm start [-- FILE] [-- --web] [-- --no-sandbox]`: opens the designer, by default with the example. Where the
 * desktop app cannot run, the web app is served on loopback instead, with the reason in one line.
 */
function usage(problem: string): never {
  console.error(`LOOM_USAGE ${problem}`);
  process.exit(2);
}

function readArguments() {
  try {
    const flag = { type: 'boolean', default: false } as const;
    return parseArgs({ allowPositionals: true, options: { web: flag, 'no-sandbox': flag } });
  } catch (error) {
    return usage(
      `${error instanceof Error ? error.message : error} Use: npm start -- [FILE] [--web] [--no-sandbox]`,
    );
  }
}

const { values, positionals } = readArguments();
const root = join(import.meta.dirname, '..');
const file = resolve(positionals[0] ?? join(root, 'examples', 'fulfilment.loom.yaml'));
if (!existsSync(file)) {
  usage(`${file} There is no such file. Name a design file, or none to open the example.`);
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
