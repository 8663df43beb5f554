import { CommanderError } from 'commander';
import { exit } from './exit.ts';
import { visible } from './io.ts';
import { program } from './program.ts';

// A reader that has seen enough, such as `head`, closes the pipe; that is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

const debug = process.argv.includes('--debug');

function crash(error: unknown): void {
  process.exitCode = exit.failed;
  if (error instanceof CommanderError) {
    // The text was printed by commander; help and version leave through here as well.
    process.exitCode = error.exitCode === 0 ? exit.ok : exit.failed;
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  const detail =
    debug && error instanceof Error ? `\n${error.stack}` : '\n  Run again with --debug for the details.';
  process.stderr.write(`${visible(`LOOM_INTERNAL This is a fault of Brokerloom: ${message}${detail}`)}\n`);
}

process.on('uncaughtException', (error) => {
  crash(error);
  process.exit();
});

// Without a command there is only the help to give.
const args = process.argv.slice(2);
await program()
  .parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' })
  .catch(crash);
