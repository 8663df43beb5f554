import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, stepEnv } from '../../scripts/lib/steps.ts';
import type { Program } from './program.ts';
import { countingHandler, runWorker } from './worker.ts';

const design = join(import.meta.dirname, 'design.loom.yaml');
const load = JSON.stringify(new URL('load.ts', import.meta.url).href);

/** By service: the producer it sends all messages with. */
const senders = {
  'rabbit-send': 'send',
  'kafka-send': 'append',
  'redis-send': 'add',
  'sqs-send': 'order',
  'sns-send': 'publish',
  'kinesis-send': 'put',
  'lists-send': 'shrink',
  'tasks-send': 'report',
} as const;
/** By service: the consumer whose handler counts. */
const receivers = {
  'rabbit-once': 'rabbitOnce',
  'rabbit-plain': 'rabbitPlain',
  'classic-once': 'classicOnce',
  'kafka-once': 'kafkaOnce',
  'kafka-plain': 'kafkaPlain',
  'redis-once': 'redisOnce',
  'redis-plain': 'redisPlain',
  'sqs-once': 'sqsOnce',
  'kinesis-once': 'kinesisOnce',
} as const;

/** Services in Python, which have one consumer of their own name. */
export type WorkerId = 'lists-once' | 'tasks-once';
const workers: readonly WorkerId[] = ['lists-once', 'tasks-once'];

export type ServiceId = keyof typeof senders | keyof typeof receivers;

/** What is generated from the design beside this file by the sources as they are now, with packages of its own. */
export class Workspace {
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'brokerloom-bench-'));
    execFileSync('node', [join(root, 'scripts/run.js'), 'prepare'], { env: stepEnv() });
    execFileSync('node', [join(root, 'dist/cli.js'), 'generate', design, '--out', this.folder], {
      env: stepEnv(),
      stdio: 'pipe',
    });
    for (const [service, producer] of Object.entries(senders)) {
      const send = `sendAll((data) => producers.${producer}.send('job', data))`;
      this.#write(
        service,
        'app.ts',
        `import { sendAll } from ${load};\nimport type { Context } from './types.ts';\n\nexport const run = ({ producers }: Context): Promise<void> => ${send};\n`,
      );
    }
    for (const [service, consumer] of Object.entries(receivers))
      this.#write(
        service,
        `handlers/${consumer}.ts`,
        `import { count } from ${load};\n\nexport const ${consumer} = async (): Promise<void> => count();\n`,
      );
    for (const worker of workers)
      writeFileSync(join(this.#package(worker), `handlers/${worker.replace('-', '_')}.py`), countingHandler);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
      cwd: this.folder,
      env: stepEnv(),
      stdio: 'pipe',
    });
  }

  /** How a service is run. */
  program(service: ServiceId): Pick<Program, 'file' | 'cwd' | 'env'> {
    const file = join(this.folder, 'services', service, 'src', 'main.ts');
    return { file, cwd: this.folder, env: { HEALTH_PORT: '0' } };
  }

  worker(id: WorkerId): Pick<Program, 'file' | 'run'> {
    return { file: this.#package(id), run: runWorker };
  }

  #package(worker: WorkerId): string {
    return join(this.folder, 'workers', worker, `${worker.replace('-', '_')}_worker`);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write(service: string, file: string, text: string): void {
    writeFileSync(join(this.folder, 'services', service, 'src', file), text);
  }
}
