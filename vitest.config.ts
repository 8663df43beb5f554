import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { hbs } from './build/hbs-plugin.ts';

/** Tests that start a process for almost every case, and tests of many random cases: too slow for `npm run check`. */
const processes = ['test/cli/**/*.test.ts', 'test/disk/crash.test.ts', 'test/runtime/core/run.test.ts'];
const random = [
  'test/**/*.property.test.ts',
  'test/core/text/{canonical,incremental}.test.ts',
  'test/bad-input/**/*.test.ts',
];

/**
 * Five projects, run by different commands: `unit` by `npm run check`, all by `npm test`. The last three start
 * processes, so their files run one at a time; those that mostly wait for brokers two at a time, unless their figures are
 * for the table of guarantees.
 */
const serial = { fileParallelism: false, testTimeout: 600_000, hookTimeout: 600_000 } as const;

/**
 * Small files come last by themselves. Those of the fault matrix are small and take longest: one of them alone at the end
 * would keep the rest of the machine waiting.
 */
class MatrixFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLater = ({ moduleId }: TestSpecification): number =>
      Number(!moduleId.includes('/faults/matrix/'));
    return (await super.sort(files)).sort((a, b) => isLater(a) - isLater(b));
  }
}

export default defineConfig({
  plugins: [hbs()],
  test: {
    sequence: { sequencer: MatrixFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // One module graph for all files: three times as fast, and no test changes what it imports.
          isolate: false,
          // Property tests take long on a busy machine; what hangs is ended all the same.
          testTimeout: 120_000,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [
            'test/{golden,workspace,brokers,faults,e2e}/**',
            '**/node_modules/**',
            ...processes,
            ...random,
          ],
        },
      },
      { extends: true, test: { name: 'property', testTimeout: 300_000, include: random } },
      {
        extends: true,
        test: {
          name: 'workspace',
          globalSetup: ['test/cli/setup.ts'],
          include: ['test/workspace/**/*.test.ts', ...processes],
          ...serial,
        },
      },
      {
        extends: true,
        test: {
          name: 'brokers',
          include: ['test/{brokers,faults}/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          ...serial,
          fileParallelism: process.env['FAULTS'] === undefined,
          maxWorkers: 2,
        },
      },
      { extends: true, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...serial } },
    ],
  },
});
