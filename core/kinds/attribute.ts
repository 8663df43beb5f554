import { DURATION, RATE, SIZE } from '../units.ts';
import { z } from '../zod.ts';
import type { BrokerKind } from './brokers.ts';

/** Sections of a design file that a reference may point into. `channels` stands for the four channel sections. */
export type RefTarget =
  | 'brokers'
  | 'services'
  | 'messages'
  | 'channels'
  | 'exchanges'
  | 'queues'
  | 'producers'
  | 'consumers'
  | 'retryPolicies'
  | 'idempotencyPolicies';

/** Facts about one attribute, besides its type: what the inspector, JSON Schema and reference pages show. */
export interface AttributeInfo {
  /** Meaning, in one or two sentences. */
  readonly doc: string;
  /** Heading under which the inspector shows it. */
  readonly group: string;
  /** What the generator uses when the attribute is missing, and why. Text for a default that is computed. */
  readonly default?: { readonly value: unknown; readonly why: string };
  /** Brokers on which the attribute means something; missing = all. */
  readonly brokers?: readonly BrokerKind[];
  readonly required?: boolean;
  /** Vendor document that the fact comes from. */
  readonly source?: string;
}

/** How the inspector edits a value. */
export type Editor =
  | {
      readonly type:
        | 'text'
        | 'boolean'
        | 'integer'
        | 'number'
        | 'duration'
        | 'size'
        | 'rate'
        | 'list'
        | 'object';
    }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  | { readonly type: 'ref' | 'refs'; readonly to: RefTarget };

export interface Attribute<T = unknown> extends AttributeInfo {
  readonly schema: z.ZodType<T>;
  readonly editor: Editor;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** The model type of a kind: what the attributes say, all optional but the required ones. */
export type Infer<A extends Attributes> = {
  readonly [K in keyof A as A[K] extends { readonly required: true } ? K : never]: z.output<A[K]['schema']>;
} & {
  readonly [K in keyof A as A[K] extends { readonly required: true } ? never : K]?:
    | z.output<A[K]['schema']>
    | undefined;
};

const MAX_TEXT = 10_000;
/** C0 controls but tab, line feed and carriage return, lone surrogates, and the bidirectional controls. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** Any text that may reach a file: bounded, without control characters that change how it is read. */
export const safeText = z
  .string()
  .max(MAX_TEXT, `is longer than ${MAX_TEXT.toLocaleString('en')} characters`)
  .refine(
    (s) => !FORBIDDEN.test(s),
    'contains a control character, a bidirectional control or a lone surrogate',
  );

const make = <T, const I extends AttributeInfo>(schema: z.ZodType<T>, editor: Editor, info: I) => ({
  ...info,
  schema,
  editor,
});

export const text = <const I extends AttributeInfo>(info: I) => make(safeText, { type: 'text' }, info);
export const bool = <const I extends AttributeInfo>(info: I) => make(z.boolean(), { type: 'boolean' }, info);
export const int = <const I extends AttributeInfo & { min?: number; max?: number }>(info: I) =>
  make(
    z
      .int()
      .min(info.min ?? 0)
      .max(info.max ?? Number.MAX_SAFE_INTEGER),
    { type: 'integer' },
    info,
  );
export const num = <const I extends AttributeInfo & { min?: number; max?: number }>(info: I) =>
  make(
    z
      .number()
      .min(info.min ?? 0)
      .max(info.max ?? Number.MAX_SAFE_INTEGER),
    { type: 'number' },
    info,
  );
export const durationText = z.string().regex(DURATION, 'is not a duration such as 500ms, 30s or 14d');
export const sizeText = z.string().regex(SIZE, 'is not a size such as 512B, 16KiB or 1MiB');
export const rateText = z.string().regex(RATE, 'is not a rate such as 1000/s or 5/m');
export const duration = <const I extends AttributeInfo>(info: I) =>
  make(durationText, { type: 'duration' }, info);
export const size = <const I extends AttributeInfo>(info: I) => make(sizeText, { type: 'size' }, info);
export const oneOf = <const V extends readonly [string, ...string[]], const I extends AttributeInfo>(
  values: V,
  info: I,
) => make(z.enum(values) as z.ZodType<V[number]>, { type: 'enum', values }, info);
export const ref = <const I extends AttributeInfo>(to: RefTarget, info: I) =>
  make(safeText, { type: 'ref', to }, info);
export const refs = <const I extends AttributeInfo>(to: RefTarget, info: I) =>
  make(z.array(safeText), { type: 'refs', to }, info);
export const texts = <const I extends AttributeInfo>(info: I) =>
  make(z.array(safeText), { type: 'list' }, info);
/** An attribute with a shape of its own: an object, a union, or free JSON. */
export const shaped = <T, const I extends AttributeInfo>(
  schema: z.ZodType<T>,
  info: I,
  editor: Editor = { type: 'object' },
) => make(schema, editor, info);
