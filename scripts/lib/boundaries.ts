import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICruiseOptions, ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { sourceFiles } from './files.ts';
import { root } from './steps.ts';

export const productFolders = [
  'core',
  'runtime',
  'generators',
  'disk',
  'examples',
  'cli',
  'electron',
  'renderer',
];

/**
 * dependency-cruiser 17 asks swc for TypeScript without JSX, so that no `.tsx` file parses. It takes the function from
 * swc's exports when it is loaded: ours stands there by then.
 */
function loadCruiser(): Promise<typeof import('dependency-cruiser')> {
  const swc = createRequire(import.meta.url)('@swc/core') as {
    parseFileSync(path: string, options: object): object;
  };
  const parse = swc.parseFileSync;
  swc.parseFileSync = (path, options) => parse(path, { ...options, tsx: path.endsWith('.tsx') });
  return import('dependency-cruiser');
}
const { cruise } = await loadCruiser();

/**
 * Import rules of `.dependency-cruiser.js` under `base`, one line per violation. Also a violation: a source file that
 * was not read, or was read without seeing its imports. dependency-cruiser reports neither, so a broken parser would
 * look like a clean tree.
 */
export async function boundaryViolations(base: string, override: ICruiseOptions = {}): Promise<string[]> {
  const files = sourceFiles(base, productFolders);
  if (files.length === 0) return [`no source files under ${productFolders.join(', ')}`];
  const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.js'));
  const { output } = await cruise(files, { ...options, ...override, baseDir: base });
  const { modules, summary } = output as ICruiseResult;

  const dependencies = new Map(modules.map((module) => [module.source, module.dependencies]));
  const unread = files.filter((file) => {
    const found = dependencies.get(file);
    return !found || (found.length === 0 && importsSomething(join(base, file)));
  });
  const text = (from: string, to: string): boolean => {
    const all = dependencies.get(from)?.filter((dependency) => dependency.resolved === to) ?? [];
    return all.length > 0 && all.every((dependency) => dependency.module.endsWith('?raw'));
  };
  return [
    ...unread.map((file) => `${file}: the imports of this file were not read`),
    ...summary.violations
      .filter((violation) => !text(violation.from, violation.to))
      .map((violation) => {
        const way = violation.cycle?.map((step) => step.name).join(' → ') ?? violation.to;
        return `${violation.from}: ${violation.rule.name}: imports ${way}. ${comment(options, violation.rule.name)}`;
      }),
  ];
}

function importsSomething(path: string): boolean {
  return /^(import|export) .*from '|^} from '|^import '/m.test(readFileSync(path, 'utf8'));
}

function comment(options: Awaited<ReturnType<typeof extractDepcruiseOptions>>, name: string): string {
  return options.ruleSet?.forbidden?.find((rule) => rule.name === name)?.comment ?? '';
}
