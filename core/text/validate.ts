import type { Section } from '../kinds/registry.ts';
import type { z } from '../zod.ts';
import type { Entry } from './entry.ts';
import type { Part } from './part.ts';
import { type DocumentValue, documentSchema, entrySchemas } from './schema.ts';
import type { SourceMap } from './source.ts';

type Issue = z.core.$ZodIssue;

export interface Validated {
  readonly issues: readonly Issue[];
  /** The value in the types of the schema, without the sections below; missing where there are issues. */
  readonly data: DocumentValue | undefined;
  /** Sections that were checked entry by entry. */
  readonly checked: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

interface Checked {
  readonly issues: readonly Issue[];
  readonly data: unknown;
}

/** Results by part: a part belongs to one section, so an entry whose text has not changed is not checked again. */
const results = new WeakMap<Part, Checked>();

/** Checks a parsed text against the schema of design files. */
export function validate(source: SourceMap, value: unknown): Validated {
  const split = source.entries.filter(({ below }) => below);
  const rest = documentSchema.safeParse(split.length > 0 ? without(value as object, split) : value);
  const issues: Issue[] = rest.success ? [] : [...rest.error.issues];
  const sections = new Map<string, ReadonlyMap<string, unknown>>();
  for (const { key, below = [] } of split) {
    const entries = new Map<string, unknown>();
    for (const entry of below) {
      const result = checkEntry(key as Section | 'layout', entry);
      for (const issue of result.issues) issues.push({ ...issue, path: [key, entry.key, ...issue.path] });
      entries.set(entry.key, result.data);
    }
    sections.set(key, entries);
  }
  return { issues, data: issues.length === 0 ? rest.data : undefined, checked: sections };
}

function checkEntry(section: Section | 'layout', { key, part }: Entry): Checked {
  const known = results.get(part);
  if (known) return known;
  const parsed = entrySchemas[section].safeParse((part.value as Readonly<Record<string, unknown>>)[key]);
  const result = { issues: parsed.error?.issues ?? [], data: parsed.data };
  results.set(part, result);
  return result;
}

const without = (value: object, entries: readonly Entry[]): object => {
  const keys = new Set(entries.map(({ key }) => key));
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
};
