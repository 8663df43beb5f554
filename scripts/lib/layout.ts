import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { productFolders } from './boundaries.ts';
import { sourceFiles } from './files.ts';

const longest = 500;

/** Files of data, not logic, that may be longer: pure tables which would be harder to read in pieces. */
const dataTables: string[] = [];

/** Source files that are too long to take in. */
export function lengthViolations(base: string): string[] {
  return sourceFiles(base, [...productFolders, 'build', 'scripts', 'test', 'bench'])
    .filter((file) => !dataTables.includes(file))
    .flatMap((file) => {
      const lines = readFileSync(join(base, file), 'utf8').split('\n').length - 1;
      return lines > longest ? [`${file}: ${lines} lines; split it (at most ${longest})`] : [];
    });
}

/** What is not a rule two levels below `core/rules`: a pack's registry, and what the packs share. */
const notRule = /^support\/|\/index$/;

/**
 * A rule is three files of one name: the rule, its table of cases and its page. None may be missing or left over, and
 * every rule of `test/core/rules/catalogue.json` must be there. The findings of the engine itself, keys of
 * `core/review/builtins.ts`, have a page each.
 */
export function ruleViolations(base: string): string[] {
  const rules = packFiles(base, 'core/rules', '.ts').filter((id) => !notRule.test(id));
  const builtins = builtinIds(base);
  const missing = (source: string, file: string): string[] =>
    existsSync(join(base, file)) ? [] : [`${source}: ${file} is missing`];
  const leftOver = (folder: string, suffix: string, known: readonly string[]): string[] =>
    packFiles(base, folder, suffix)
      .filter((id) => !known.includes(id) && !notRule.test(id))
      .map((id) => `${folder}/${id}${suffix}: there is no such rule`);
  return [
    ...catalogueIds(base).flatMap((id) => missing(catalogueFile, `core/rules/${id}.ts`)),
    ...rules.flatMap((id) => missing(`core/rules/${id}.ts`, `test/core/rules/${id}.test.ts`)),
    ...rules.flatMap((id) => missing(`core/rules/${id}.ts`, `docs/rules/${id}.md`)),
    ...builtins.flatMap((id) => missing(`${builtinsFile} ${id}`, `docs/rules/${id}.md`)),
    ...leftOver('test/core/rules', '.test.ts', rules),
    ...leftOver('docs/rules', '.md', [...rules, ...builtins]),
  ];
}

const catalogueFile = 'test/core/rules/catalogue.json';

function catalogueIds(base: string): string[] {
  const file = join(base, catalogueFile);
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly id: string }[]).map(({ id }) => id);
}

const builtinsFile = 'core/review/builtins.ts';

function builtinIds(base: string): string[] {
  const file = join(base, builtinsFile);
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(/^ {2}'([a-z-]+\/[a-z-]+)': \{/gm)].map(
    ([, id]) => id as string,
  );
}

/** `<pack>/<rule>` of the files two levels below `folder`. */
function packFiles(base: string, folder: string, suffix: string): string[] {
  return globSync(`*/*${suffix}`, { cwd: join(base, folder) })
    .map((path) => path.split(sep).join('/').slice(0, -suffix.length))
    .sort();
}
