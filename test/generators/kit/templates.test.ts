import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../../templates', import.meta.url));
const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.hbs'),
);

/** Every `{{…}}` that prints, those inside of blocks included. */
function printed(node: hbs.AST.Node): hbs.AST.MustacheStatement[] {
  if (node.type === 'MustacheStatement') return [node as hbs.AST.MustacheStatement];
  const { body = [], program, inverse } = node as hbs.AST.Program & Partial<hbs.AST.BlockStatement>;
  return [...body, program, inverse].flatMap((child) => (child ? printed(child) : []));
}

test('there are templates', () => expect(templates.length).toBeGreaterThan(15));

test.each(templates)('%s prints through ident, str and comment alone', (path) => {
  const statements = printed(Handlebars.parse(readFileSync(join(folder, path), 'utf8')));
  for (const { path: helper, params, loc } of statements) {
    expect(['ident', 'str', 'comment', 'name', 'py', 'hash'], `line ${loc.start.line}`).toContain(
      (helper as hbs.AST.PathExpression).original,
    );
    expect(params, `line ${loc.start.line}`).toHaveLength(1);
  }
});
