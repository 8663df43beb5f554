import type { z } from '../zod.ts';
import { type BrokerKind, brokerList } from './brokers.ts';
import * as forms from './form.ts';
import { durationText, rateText, safeText, sizeText } from './values.ts';

/** Sections of a design file that a reference may point into. `channels` stands for the four channel sections. */
export type RefTarget =
  | 'brokers'
  | 'services'
  | 'messages'
  | 'channels'
  | 'exchanges'
  | 'queues'
  | 'topics'
  | 'producers'
  | 'consumers'
  | 'retryPolicies'
  | 'idempotencyPolicies';

/** Facts about a value, besides its type: what the inspector, JSON Schema and reference pages show. */
export interface PartInfo {
  /** Meaning, in one or two sentences. */
  readonly doc: string;
  /** What is counted, for a plain number. */
  readonly unit?: string;
  /** Least value of a number; missing = 0. */
  readonly min?: number;
  /** Greatest value of a number. */
  readonly max?: number;
  /** How the value is written, where the editor alone does not say it. */
  readonly form?: string;
  /** What the generator uses when the attribute is missing, and why. Text for a default that is computed. */
  readonly default?: { readonly value: unknown; readonly why: string };
  /** Brokers on which the attribute means something; missing = all. */
  readonly brokers?: readonly BrokerKind[];
  /** Values of an enumeration that mean something on some brokers only. */
  readonly valueBrokers?: Readonly<Record<string, readonly BrokerKind[]>>;
  readonly required?: boolean;
  /** Vendor document that the fact comes from. */
  readonly source?: string;
  /** Values of a reference that name something outside the design, such as a URL. */
  readonly external?: RegExp;
  /** Attributes of the object that the value is, or may be. */
  readonly parts?: Parts;
  /** Attributes of each object in the list that the value is. */
  readonly items?: Parts;
}

/** Facts about an attribute of a kind. */
export interface AttributeInfo extends PartInfo {
  /** Heading under which the inspector shows it. */
  readonly group: string;
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

/** A value inside an object, such as `share.lockDuration`. */
export interface Part<T = unknown> extends PartInfo, forms.Form<T> {
  readonly editor: Editor;
}
export type Parts = Readonly<Record<string, Part>>;

export interface Attribute<T = unknown> extends Part<T>, AttributeInfo {}
export type Attributes = Readonly<Record<string, Attribute>>;

/** The model type of a kind or object: what the attributes say, all optional but the required ones. */
export type Infer<A extends Parts> = {
  readonly [K in keyof A as A[K] extends { readonly required: true } ? K : never]: z.output<
    ReturnType<A[K]['schema']>
  >;
} & {
  readonly [K in keyof A as A[K] extends { readonly required: true } ? never : K]?:
    | z.output<ReturnType<A[K]['schema']>>
    | undefined;
};

/** One text for JSON Schema and editors: meaning, unit, brokers, default. */
function describe({ doc, unit, brokers, default: standard }: PartInfo): string {
  return [
    doc,
    ...(unit === undefined ? [] : [`Unit: ${unit}.`]),
    ...(brokers === undefined ? [] : [`For ${brokerList(brokers)}.`]),
    ...(standard === undefined ? [] : [`Default: ${JSON.stringify(standard.value)} (${standard.why}).`]),
  ].join(' ');
}

/** A loose object of the parts: unknown keys are kept. */
export const objectOf = <P extends Parts>(parts: P): forms.Form<Infer<P>> =>
  forms.objectOf(parts, () => {
    const shape: Record<string, z.ZodType> = {};
    for (const [name, part] of Object.entries(parts)) {
      const schema = part.schema().describe(describe(part));
      shape[name] = part.required ? schema : schema.optional();
    }
    return shape;
  });

/** Parts as attributes of a kind, all under one heading. */
export const grouped = <const P extends Parts>(group: string, parts: P) =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, { group, ...part }])) as {
    readonly [K in keyof P]: P[K] & { readonly group: string };
  };

const make = <T, const I extends PartInfo>(form: forms.Form<T>, editor: Editor, info: I) => ({
  ...info,
  ...form,
  editor,
});

export const text = <const I extends PartInfo>(info: I) => make(safeText, { type: 'text' }, info);
export const bool = <const I extends PartInfo>(info: I) => make(forms.bool, { type: 'boolean' }, info);
export const int = <const I extends PartInfo>(info: I) =>
  make(forms.integerWithin(info), { type: 'integer' }, info);
export const num = <const I extends PartInfo>(info: I) =>
  make(forms.numberWithin(info), { type: 'number' }, info);
export const duration = <const I extends PartInfo>(info: I) => make(durationText, { type: 'duration' }, info);
export const size = <const I extends PartInfo>(info: I) => make(sizeText, { type: 'size' }, info);
export const rate = <const I extends PartInfo>(info: I) => make(rateText, { type: 'rate' }, info);
export const oneOf = <const V extends readonly [string, ...string[]], const I extends PartInfo>(
  values: V,
  info: I,
) => make(forms.oneOf(values), { type: 'enum', values }, info);
export const ref = <const I extends PartInfo>(to: RefTarget, info: I) =>
  make(safeText, { type: 'ref', to }, info);
export const refs = <const I extends PartInfo>(to: RefTarget, info: I) =>
  make(forms.listOf(safeText), { type: 'refs', to }, info);
export const texts = <const I extends PartInfo>(info: I) =>
  make(forms.listOf(safeText), { type: 'list' }, info);
/** An object with parts of its own. */
export const object = <const P extends Parts, const I extends PartInfo>(parts: P, info: I) =>
  make(objectOf(parts), { type: 'object' }, { ...info, parts });
/** A list of objects with parts of their own. */
export const objects = <const P extends Parts, const I extends PartInfo>(items: P, info: I) =>
  make(forms.listOf(objectOf(items)), { type: 'list' }, { ...info, items });
/** A value with a shape of its own: a union, or free JSON. */
export const shaped = <T, const I extends PartInfo>(
  form: forms.Form<T>,
  info: I,
  editor: Editor = { type: 'object' },
) => make(form, editor, info);
