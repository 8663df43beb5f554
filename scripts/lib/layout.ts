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

/** A rule is three files of one name: the rule, its table of cases and its page. None may be missing or left over. */
export function ruleViolations(base: string): string[] {
  const rules = packFiles(base, 'core/rules', '.ts').filter((id) => !notRule.test(id));
  const leftOver = (folder: string, suffix: string): string[] =>
    packFiles(base, folder, suffix)
      .filter((id) => !rules.includes(id) && !notRule.test(id))
      .map((id) => `${folder}/${id}${suffix}: there is no such rule`);
  return [
    ...rules.flatMap((id) =>
      [`test/core/rules/${id}.test.ts`, `docs/rules/${id}.md`]
        .filter((file) => !existsSync(join(base, file)))
        .map((file) => `core/rules/${id}.ts: ${file} is missing`),
    ),
    ...leftOver('test/core/rules', '.test.ts'),
    ...leftOver('docs/rules', '.md'),
  ];
}

/** `<pack>/<rule>` of the files two levels below `folder`. */
function packFiles(base: string, folder: string, suffix: string): string[] {
  return globSync(`*/*${suffix}`, { cwd: join(base, folder) })
    .map((path) => path.split(sep).join('/').slice(0, -suffix.length))
    .sort();
}
