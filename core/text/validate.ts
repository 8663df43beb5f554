import type { Section } from '../kinds/registry.ts';
import type { z } from '../zod.ts';
import type { Part } from './part.ts';
import { type DocumentValue, documentSchema, entrySchemas } from './schema.ts';
import type { Entry, SourceMap } from './source.ts';

type Issue = z.core.$ZodIssue;

export interface Validated {
  readonly issues: readonly Issue[];
  /** The value in the types of the schema; missing where there are issues. */
  readonly data: DocumentValue | undefined;
}

interface Checked {
  readonly issues: readonly Issue[];
  readonly data: unknown;
}

/** Results by part: a part belongs to one section, so an entry whose text has not changed is not checked again. */
const checked = new WeakMap<Part, Checked>();

/** Checks a parsed text against the schema of design files. */
export function validate(source: SourceMap, value: unknown): Validated {
  const split = source.entries.filter(({ below }) => below);
  const rest = documentSchema.safeParse(split.length > 0 ? without(value as object, split) : value);
  const issues: Issue[] = rest.success ? [] : [...rest.error.issues];
  const data: Record<string, unknown> = { ...rest.data };
  for (const { key, below = [] } of split) {
    const entries = below.map((entry) => {
      const result = checkEntry(key as Section | 'layout', entry);
      for (const issue of result.issues) issues.push({ ...issue, path: [key, entry.key, ...issue.path] });
      return [entry.key, result.data] as const;
    });
    data[key] = Object.fromEntries(entries);
  }
  return { issues, data: issues.length === 0 ? (data as DocumentValue) : undefined };
}

function checkEntry(section: Section | 'layout', { key, part }: Entry): Checked {
  const known = checked.get(part);
  if (known) return known;
  const parsed = entrySchemas[section].safeParse((part.value as Readonly<Record<string, unknown>>)[key]);
  const result = { issues: parsed.error?.issues ?? [], data: parsed.data };
  checked.set(part, result);
  return result;
}

const without = (value: object, entries: readonly Entry[]): object => {
  const keys = new Set(entries.map(({ key }) => key));
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
};
