import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type Options, transformSync } from '@swc/core';
import { type Scope, scopes } from './results.ts';

/** Types, comments and layout do not run: without them the text changes only where the library does. */
const compact: Options = {
  configFile: false,
  swcrc: false,
  isModule: true,
  minify: true,
  jsc: {
    parser: { syntax: 'typescript' },
    target: 'es2024',
    minify: { compress: false, mangle: false, format: { comments: false } },
  },
};

/** The transports that a run uses. */
const transports: Readonly<Record<Scope, readonly string[]>> = {
  rabbitmq: ['rabbitmq'],
  kafka: ['kafka'],
  kinesis: ['aws', 'kinesis'],
  redis: ['redis'],
  celery: ['celery', 'redis'],
  'celery-rabbitmq': ['celery', 'rabbitmq'],
  sqs: ['aws', 'sns', 'sqs'],
  all: ['rabbitmq', 'kafka'],
};

export type Hashes = Readonly<Record<Scope, string>>;

/**
 * What the library in `runtime/` is, for each scope of a run: a workspace on one broker holds no other's transport, so
 * that a change there leaves its runs current.
 */
export function runtimeHashes(base: string): Hashes {
  const files = globSync('runtime/**/*.ts', { cwd: base })
    .map((path) => path.split(sep).join('/'))
    .sort()
    .map((path) => ({ path, code: transformSync(readFileSync(join(base, path), 'utf8'), compact).code }));
  // What `core/transport.ts` says is what all of them have in common; `aws` is part of some, and `celery` has a transport
  // for each broker that carries it.
  const isTransport = (folder: string): boolean =>
    ['aws', 'celery'].includes(folder) ||
    (folder !== 'core' && existsSync(join(base, 'runtime', folder, 'transport.ts')));
  // As it is: a change of the comments alone has its price, which a parser of Python would be.
  const workers = globSync('runtime-python/**/*.py', { cwd: base })
    .sort()
    .map((path) => `${path.split(sep).join('/')}\n${readFileSync(join(base, path), 'utf8')}\n`);
  const transportOf = (path: string): string | undefined => path.split('/').slice(1, -1).find(isTransport);
  const hashOf = (scope: Scope): string => {
    const hash = createHash('sha256');
    for (const { path, code } of files) {
      const transport = transportOf(path);
      if (transport === undefined || transports[scope].includes(transport)) hash.update(`${path}\n${code}\n`);
    }
    if (transports[scope].includes('celery')) for (const text of workers) hash.update(text);
    return hash.digest('hex').slice(0, 16);
  };
  return Object.fromEntries(scopes.map((scope) => [scope, hashOf(scope)])) as Record<Scope, string>;
}
