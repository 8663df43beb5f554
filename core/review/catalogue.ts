import { type RuleId, rules } from '../rules/registry.ts';
import { type BuiltInId, builtIns } from './builtins.ts';
import type { MessageTemplates, RuleMeta } from './rule.ts';

/** What can be said about a rule without running it. */
export interface CatalogueEntry {
  readonly id: string;
  readonly meta: RuleMeta;
  readonly messages: MessageTemplates;
}

const entry = ([id, { meta, messages }]: [string, Omit<CatalogueEntry, 'id'>]): [string, CatalogueEntry] => [
  id,
  { id, meta, messages },
];

/** Every rule that a finding can name: those of the packs and those of the runner. */
export const catalogue = Object.fromEntries([
  ...Object.entries(builtIns).map(entry),
  ...Object.entries(rules).map(entry),
]) as Readonly<Record<RuleId | BuiltInId, CatalogueEntry>>;

export const isRuleId = (id: string): id is RuleId | BuiltInId => Object.hasOwn(catalogue, id);

/** Page of a rule in the documentation, relative to the root of the project. */
export const docsPage = (ruleId: string): string => `docs/rules/${ruleId}.md`;
