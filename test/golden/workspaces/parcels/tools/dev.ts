import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readArguments, refuse } from './arguments.ts';
import { services } from './services.ts';

const USAGE = `npm run dev              all services in one process on brokers in memory, with some traffic
npm run dev -- SERVICE   one service on the brokers of the compose file
Each change of a file starts it again.`;

const { positionals } = readArguments({ allowPositionals: true }, USAGE);
const [service, ...more] = positionals;
if (more.length > 0) refuse('One service at a time.', USAGE);
if (service !== undefined && !services.some(({ name }) => name === service))
  refuse(`There is no service ${service}.`, USAGE);

const settings = ['.env', `secrets/${service}.env`];
const missing = service === undefined ? [] : settings.filter((file) => !existsSync(file));
if (missing.length > 0) refuse(`There is no ${missing.join(' and no ')}: npm run setup makes them.`);
const program =
  service === undefined
    ? ['tools/demo.ts', '--forever']
    : [...settings.map((file) => `--env-file=${file}`), `services/${service}/src/main.ts`];

const child = spawn(process.execPath, ['--watch', '--watch-preserve-output', ...program], {
  stdio: 'inherit',
});
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => child.kill(name));
child.on('exit', (code) => process.exit(code ?? 0));
