import { copyFileSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reapDir } from '../../support/reaper.ts';

/**
 * A folder from which RabbitMQ loads its set-up, as in the compose file: topology first, then users.
 * @param dir folder of a generated workspace that has been set up
 */
export function definitionsOf(dir: string, broker = 'work'): string {
  const folder = mkdtempSync(join(tmpdir(), 'brokerloom-definitions-'));
  reapDir(folder);
  const definitions = join(folder, 'definitions.d');
  mkdirSync(definitions);
  copyFileSync(join(dir, `brokers/${broker}/definitions.json`), join(definitions, '10-topology.json'));
  copyFileSync(join(dir, `secrets/${broker}/users.json`), join(definitions, '20-users.json'));
  return definitions;
}

/** Lines of the generated `rabbitmq.conf`, with the folder of this machine in place of that of the container. */
export function confOf(dir: string, broker = 'work'): string[] {
  const text = readFileSync(join(dir, `brokers/${broker}/rabbitmq.conf`), 'utf8');
  const mounted = 'load_definitions = /etc/rabbitmq/definitions.d';
  if (!text.includes(mounted)) throw new Error(`The broker would load no definitions:\n${text}`);
  return text
    .replace(mounted, `load_definitions = ${definitionsOf(dir, broker)}`)
    .trim()
    .split('\n');
}
