import { brokerLabels } from '../../core/kinds/brokers.ts';
import type { CatalogueEntry } from '../../core/review/catalogue.ts';
import type { AnyRule } from '../../core/review/rule.ts';
import { rules } from '../../core/rules/registry.ts';
import { z } from '../../core/zod.ts';

export const fixes = {
  auto: { page: 'applied by `--fix`', index: '`--fix`' },
  suggest: { page: 'suggested, with a preview', index: 'suggested' },
  none: { page: 'none; a person must decide', index: 'none' },
} as const;

/** Everything that a page of `docs/rules` says besides its examples comes from the rule itself. */
export function rulePage({ id, meta }: CatalogueEntry, examples: string): string {
  const brokers =
    meta.brokers === 'all' ? 'all brokers' : meta.brokers.map((kind) => brokerLabels[kind]).join(', ');
  const options = optionsOf(id);
  const sections = [
    `# ${id}`,
    `${meta.title}.`,
    `Severity **${meta.severity}** · ${brokers} · fix: ${fixes[meta.fix].page}`,
    `## What it looks at\n\n${meta.docs.what}`,
    `## Which outage it prevents\n\n${meta.docs.why}`,
    examples.trim(),
    ...(options.length > 0 ? [`## Options\n\n${options.join('\n')}`] : []),
    ...(meta.sources.length > 0
      ? [`## Sources\n\n${meta.sources.map((source) => `- <${source}>`).join('\n')}`]
      : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The part of a page that is written by hand: from the bad example to the first heading that is not about examples. */
export const examplesOf = (page: string): string =>
  /^## Bad\n.*?(?=^## (?:Options|Sources)$|$(?![\s\S]))/ms.exec(page)?.[0] ?? '';

function optionsOf(id: string): string[] {
  const rule: AnyRule | undefined = (rules as Readonly<Record<string, AnyRule>>)[id];
  const { properties = {} } = rule ? z.toJSONSchema(rule.options(), { io: 'input' }) : {};
  return Object.entries(
    properties as Readonly<Record<string, { description?: string; default?: unknown }>>,
  ).map(
    ([name, { description = '', default: standard }]) =>
      `- \`${name}\`, default \`${JSON.stringify(standard)}\`: ${description}`,
  );
}
