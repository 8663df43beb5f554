import { checkMachine } from '../doctor/checks.ts';
import { type Exit, exit } from '../exit.ts';
import type { Io } from '../io.ts';

/** Says what this machine lacks. */
export async function run(io: Io): Promise<Exit> {
  const checks = await checkMachine(process.env);
  const missing = checks.filter(({ found }) => !found);
  if (io.json) io.document({ checks });
  else {
    const { green, yellow, dim } = io.style;
    for (const { name, found, detail, needed, todo } of checks) {
      io.result(`${found ? green('ok     ') : yellow('missing')} ${name.padEnd(15)} ${detail}`);
      if (!found) io.result(`        ${dim(`needed ${needed}`)}\n        ${todo}`);
    }
    io.note(missing.length === 0 ? 'Nothing is missing.' : `${missing.length} of ${checks.length} missing.`);
  }
  return missing.length === 0 ? exit.ok : exit.findings;
}
