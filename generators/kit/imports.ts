import { identifier } from './identifiers.ts';
import { LINE_WIDTH } from './layout.ts';
import { Code, stringLiteral } from './literals.ts';

/** Import of a JSON file, broken where a formatter would break it. */
export function jsonImport(name: string, file: string): Code {
  const start = `import ${identifier(name)} from ${stringLiteral(file)} with {`;
  const line = `${start} type: 'json' };`;
  return new Code(line.length <= LINE_WIDTH ? line : `${start}\n  type: 'json',\n};`);
}
