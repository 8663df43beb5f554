import type { Attribute, Editor } from '../../../../core/kinds/attribute.ts';
import { type BrokerKind, brokerLabels } from '../../../../core/kinds/brokers.ts';
import { isRecord } from '../../../../core/text/render.ts';

/** What a text typed into a field means: the value for the file, or why there is none. */
export type Parsed = { readonly value: unknown } | { readonly error: string };

const numeric: readonly Editor['type'][] = ['integer', 'number'];

/** Reads what was typed, by the schema of the attribute. An empty text takes the attribute out. */
export function parseInput(type: Editor['type'], schema: Attribute['schema'], typed: string): Parsed {
  const text = typed.trim();
  if (text === '') return { value: undefined };
  const value = numeric.includes(type) && Number.isFinite(Number(text)) ? Number(text) : text;
  const result = schema().safeParse(value);
  if (result.success) return { value };
  const message = result.error.issues[0]?.message ?? 'is not valid';
  return { error: numeric.includes(type) && typeof value === 'string' ? 'is not a number' : message };
}

/** Reads the entries of a list of texts or numbers. None takes the attribute out. */
export function valuesOf(attribute: Pick<Attribute, 'accepts'>, typed: readonly string[]): Parsed {
  const values: (string | number)[] = [];
  for (const text of typed) {
    const value = [text, Number(text)].find((candidate) => attribute.accepts([candidate]));
    if (value === undefined) return { error: `cannot hold “${text}”` };
    values.push(value);
  }
  return { value: values.length > 0 ? values : undefined };
}

/** A default as people read it. */
export const defaultText = (attribute: Pick<Attribute, 'default'>): string | undefined => {
  const value = attribute.default?.value;
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return Array.isArray(value) ? value.join(', ') : String(value);
};

/** Longest default that fits into a field, in characters. */
const ROOM = 16;

/** A default as a field shows it in grey. One that is a sentence is told by the help and the tooltip. */
export const hintOf = (attribute: Pick<Attribute, 'default'>): string | undefined => {
  const text = defaultText(attribute);
  return text !== undefined && text.length > ROOM ? 'computed' : text;
};

/** Says that what is shown is the default, where there is room to. */
export const withOrigin = (hint: string | undefined): string | undefined =>
  hint !== undefined && hint.length <= 7 ? `${hint} (default)` : hint;

/**
 * An attribute as it is on one broker: with the parts, the values of an enumeration and the part of its default that mean
 * something there; parts that the file has stay. Of `quorum; standard on SQS`, on SQS `standard`.
 */
export function onBroker(attribute: Attribute, kind: BrokerKind | undefined, written?: unknown): Attribute {
  return kind === undefined ? attribute : withDefaultOn(withValuesOn(attribute, kind, written), kind);
}

function withValuesOn(attribute: Attribute, kind: BrokerKind, written: unknown): Attribute {
  const { editor, parts, valueBrokers } = attribute;
  const has = isRecord(written) ? written : {};
  const own =
    parts &&
    Object.fromEntries(
      Object.entries(parts).filter(
        ([name, { brokers }]) => has[name] !== undefined || (brokers?.includes(kind) ?? true),
      ),
    );
  return {
    ...attribute,
    ...(own && { parts: own }),
    ...(editor.type === 'enum' && {
      editor: {
        ...editor,
        values: editor.values.filter((value) => valueBrokers?.[value]?.includes(kind) ?? true),
      },
    }),
  };
}

function withDefaultOn(attribute: Attribute, kind: BrokerKind): Attribute {
  const { default: fallback, ...rest } = attribute;
  if (typeof fallback?.value !== 'string') return attribute;
  const parts = fallback.value.split('; ').map((text) => {
    const broker = Object.values(brokerLabels).find((label) => text.endsWith(` on ${label}`));
    return { broker, text: broker === undefined ? text : text.slice(0, -` on ${broker}`.length) };
  });
  if (parts.every(({ broker }) => broker === undefined)) return attribute;
  const own = parts.find(({ broker }) => broker === brokerLabels[kind]);
  const usual = parts.find(({ broker }) => broker === undefined);
  const value = (own ?? usual)?.text;
  return value === undefined ? rest : { ...rest, default: { ...fallback, value } };
}

const words: Readonly<Record<string, string>> = {
  cdc: 'CDC',
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
