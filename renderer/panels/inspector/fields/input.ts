import type { Attribute, Editor } from '../../../../core/kinds/attribute.ts';

/** What a text typed into a field means: the value for the file, or why there is none. */
export type Parsed = { readonly value: unknown } | { readonly error: string };

const numeric: readonly Editor['type'][] = ['integer', 'number'];

/** Reads what was typed, by the schema of the attribute. An empty text takes the attribute out. */
export function parseInput(type: Editor['type'], schema: Attribute['schema'], typed: string): Parsed {
  const text = typed.trim();
  if (text === '') return { value: undefined };
  const value = numeric.includes(type) && Number.isFinite(Number(text)) ? Number(text) : text;
  const result = schema.safeParse(value);
  if (result.success) return { value };
  const message = result.error.issues[0]?.message ?? 'is not valid';
  return { error: numeric.includes(type) && typeof value === 'string' ? 'is not a number' : message };
}

/** A default as the inspector shows it in grey: short, since the reason is in the help. */
export const defaultText = (attribute: Pick<Attribute, 'default'>): string | undefined => {
  const value = attribute.default?.value;
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return Array.isArray(value) ? value.join(', ') : String(value);
};

const words: Readonly<Record<string, string>> = {
  ttl: 'TTL',
  tls: 'TLS',
  pii: 'PII',
  slo: 'SLO',
  url: 'URL',
};

/** maxLength → Max length, messageTtl → Message TTL */
export function labelOf(field: string): string {
  const parts = field
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ')
    .map((word) => words[word] ?? word);
  const label = parts.join(' ');
  return label.charAt(0).toUpperCase() + label.slice(1);
}
