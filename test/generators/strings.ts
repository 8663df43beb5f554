import { parseEnv } from 'node:util';
import { parseSync } from '@swc/core';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { parse } from 'yaml';

/** Every text and key in a tree of plain values. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [key, ...textsIn(part)]);
}

/** Values of the strings, templates and property names of a TypeScript file. */
function typescript(code: string): string[] {
  const found: string[] = [];
  JSON.stringify(parseSync(code, { syntax: 'typescript', target: 'es2022' }), (_key, node) => {
    if (node?.type === 'StringLiteral') found.push(node.value);
    if (node?.type === 'TemplateElement') found.push(node.cooked);
    return node;
  });
  return found;
}

/** What a reader sees, piece by piece: the texts of paragraphs and cells, inline and fenced code, targets of links. */
function markdown(content: string): string[] {
  const found: string[] = [];
  JSON.stringify(
    fromMarkdown(content, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
    (_key, node) => {
      if (node?.type === 'html') found.push(`<html ${node.value}>`);
      else if (node?.type === 'link') found.push(`<link ${node.url}>`);
      else if (typeof node?.value === 'string') found.push(node.value);
      return node;
    },
  );
  return found;
}

/** Compose replaces `$NAME` and reads `$$` as one dollar sign (https://docs.docker.com/reference/compose-file/interpolation/). */
const compose = (content: string): string[] =>
  textsIn(parse(content)).map((text) =>
    text.replace(/\$\$|\$\{[^}]*\}/g, (found) => (found === '$$' ? '$' : '')),
  );

const parsers: readonly (readonly [RegExp, (content: string) => string[]])[] = [
  [/^docker-compose\.yml$/, compose],
  [/\.ts$|\.cjs$/, typescript],
  [/\.json$/, (content) => textsIn(JSON.parse(content))],
  [/\.ya?ml$/, (content) => textsIn(parse(content))],
  [/\.md$/, markdown],
  [/^\.env\.example$/, (content) => textsIn(parseEnv(content))],
];

/** The texts that a program finds in a generated file; `undefined` for a format that is not read here. Throws when the file does not parse. */
export function stringsOf(path: string, content: string): string[] | undefined {
  return parsers.find(([pattern]) => pattern.test(path))?.[1](content);
}
