import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundaryViolations, productFolders } from '../../scripts/lib/boundaries.ts';
import { sourceFiles } from '../../scripts/lib/files.ts';
import { lengthViolations, ruleViolations } from '../../scripts/lib/layout.ts';

const fixture = join(import.meta.dirname, 'fixture');

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'brokerloom-structure-'));
});
afterEach(() => rmSync(base, { recursive: true }));

function write(path: string, text = ''): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  writeFileSync(join(base, path), text);
}

describe('import rules', () => {
  it('report each violation of the fixture and nothing else', async () => {
    const found = (await boundaryViolations(fixture)).map((line) => line.split(': ').slice(0, 2).join(': '));
    expect([...new Set(found)].sort()).toEqual([
      'cli/draws.ts: no-ui-below-the-app',
      'cli/mistyped.ts: resolvable',
      'core/cycle-a.ts: no-cycles',
      'core/kinds/stream/schema.ts: kinds-apart',
      'core/own-zod.ts: zod-through-core',
      'core/reads-disk.ts: core-is-pure',
      'core/rules/alpha/one.ts: rule-packs-apart',
      'core/uses-react.ts: core-is-pure',
      'disk/uses-cli.ts: disk-direction',
      'electron/main/uses-renderer.ts: electron-direction',
      'generators/rabbitmq/index.ts: brokers-apart',
      'generators/runs-runtime.ts: generators-are-pure',
      'renderer/panel.tsx: generators-in-workers',
      'renderer/preview/generates.ts: generators-in-workers',
      'renderer/reads-disk.ts: renderer-direction',
      'renderer/uses-electron.ts: renderer-without-electron',
      'runtime/rabbitmq/transport.ts: transports-apart',
      'runtime/uses-commander.ts: runtime-packages',
      'runtime/uses-core.ts: runtime-stands-alone',
    ]);
  });

  it('refuse a tree without modules', async () => {
    expect(await boundaryViolations(base)).toEqual([expect.stringContaining('no source files')]);
  });

  it('refuse a run that reads no modules', async () => {
    const found = await boundaryViolations(fixture, { exclude: { path: '.' } });
    expect(found).toContain('core/own-zod.ts: the imports of this file were not read');
    expect(found).toHaveLength(sourceFiles(fixture, productFolders).length);
  });
});

describe('file length', () => {
  it('allows 500 lines and refuses 501', () => {
    write('core/long.ts', 'x;\n'.repeat(501));
    write('test/core/fits.test.ts', 'x;\n'.repeat(500));
    expect(lengthViolations(base)).toEqual([expect.stringMatching(/^core\/long\.ts: 501 lines/)]);
  });
});

describe('a rule is three files', () => {
  it('accepts a rule with its cases and page, beside what packs share', () => {
    const rules = ['dlq/index.ts', 'dlq/required.ts', 'support/channels.ts'];
    for (const file of rules) write(`core/rules/${file}`);
    write('test/core/rules/support/channels.test.ts');
    write('test/core/rules/dlq/required.test.ts');
    write('docs/rules/dlq/required.md');
    expect(ruleViolations(base)).toEqual([]);
  });

  it('wants a page of each finding that the engine makes itself', () => {
    write(
      'core/review/builtins.ts',
      "export const builtins = {\n  'waiver/unused': {\n  },\n  'waiver/expired': {\n  },\n};\n",
    );
    write('docs/rules/waiver/unused.md');
    expect(ruleViolations(base)).toEqual([
      'core/review/builtins.ts waiver/expired: docs/rules/waiver/expired.md is missing',
    ]);
  });

  it('wants every rule of the catalogue', () => {
    write('test/core/rules/catalogue.json', '[{ "id": "dlq/required" }]');
    expect(ruleViolations(base)).toEqual([
      'test/core/rules/catalogue.json: core/rules/dlq/required.ts is missing',
    ]);
  });

  it('reports what is missing and what is left over', () => {
    write('core/rules/dlq/required.ts');
    write('test/core/rules/dlq/removed.test.ts');
    write('docs/rules/dlq/renamed.md');
    expect(ruleViolations(base)).toEqual([
      'core/rules/dlq/required.ts: test/core/rules/dlq/required.test.ts is missing',
      'core/rules/dlq/required.ts: docs/rules/dlq/required.md is missing',
      'test/core/rules/dlq/removed.test.ts: there is no such rule',
      'docs/rules/dlq/renamed.md: there is no such rule',
    ]);
  });
});
