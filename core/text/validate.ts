import type { Form } from '../kinds/form.ts';
import type { Section } from '../kinds/registry.ts';
import type { z } from '../zod.ts';
import type { Entry } from './entry.ts';
import type { Part } from './part.ts';
import { type DocumentValue, documentForm, entryForms } from './schema.ts';
import type { SourceMap } from './source.ts';

type Issue = z.core.$ZodIssue;

export interface Validated {
  readonly issues: readonly Issue[];
  /** The value in the types of the schema, without the sections below; missing where there are issues. */
  readonly data: DocumentValue | undefined;
  /** Sections that were checked entry by entry. */
  readonly checked: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

interface Checked<T = unknown> {
  readonly issues: readonly Issue[];
  readonly data: T | undefined;
}

/** Results by part: a part belongs to one section, so an entry whose text has not changed is not checked again. */
const results = new WeakMap<Part, Checked>();

/** Checks a parsed text against the schema of design files. */
export function validate(source: SourceMap, value: unknown): Validated {
  const split = source.entries.filter(({ below }) => below);
  const rest = check<DocumentValue>(documentForm, split.length > 0 ? without(value as object, split) : value);
  const issues: Issue[] = [...rest.issues];
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
  const result = check(entryForms[section], part.valueAt(key));
  results.set(part, result);
  return result;
}

function check<T>({ accepts, schema }: Form<T>, value: unknown): Checked<T> {
  // What is empty reads as an empty map.
  const given = value ?? {};
  if (accepts(given)) return { issues: NONE, data: given as T };
  const { data, error } = schema().safeParse(value);
  return { issues: error?.issues ?? NONE, data };
}

const NONE: readonly never[] = [];

const without = (value: object, entries: readonly Entry[]): object => {
  const keys = new Set(entries.map(({ key }) => key));
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
};
