import type { Form } from '../kinds/form.ts';
import type { Section } from '../kinds/registry.ts';
import type { z } from '../zod.ts';
import type { Entry } from './entry.ts';
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

/**
 * Checks a parsed text against the schema of design files.
 * @throws ReferenceError where it uses aliases too often.
 */
export function validate(source: SourceMap): Validated {
  const split = source.entries.filter(({ below }) => below);
  const rest = check<DocumentValue>(documentForm, source.head);
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

/** A part belongs to one section, so an entry whose text has not changed is not checked again. */
function checkEntry(section: Section | 'layout', { key, part }: Entry): Checked {
  part.checked ??= check(entryForms[section], part.valueAt(key));
  return part.checked as Checked;
}

function check<T>({ accepts, schema }: Form<T>, value: unknown): Checked<T> {
  // What is empty reads as an empty map.
  const given = value ?? {};
  if (accepts(given)) return { issues: NONE, data: given as T };
  const { data, error } = schema().safeParse(value);
  return { issues: error?.issues ?? NONE, data };
}

const NONE: readonly never[] = [];
