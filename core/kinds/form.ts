import { z } from '../zod.ts';

/** A type of values in a design. Its schema says what is wrong with a value; `accepts` says sooner that nothing is. */
export interface Form<T = unknown> {
  /** Made when it is asked for first: to make the schemas of all kinds takes longer than to read a small design. */
  readonly schema: () => z.ZodType<T>;
  /** Whether the schema takes the value as it is. Where it does not, only the schema knows what the value becomes. */
  readonly accepts: (value: unknown) => boolean;
}

export function form<T>(make: () => z.ZodType<T>, accepts: Form['accepts']): Form<T> {
  let made: z.ZodType<T> | undefined;
  return {
    schema: () => {
      made ??= make();
      return made;
    },
    accepts,
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const anything: Form = form(z.unknown, () => true);
export const bool = form(z.boolean, (value) => typeof value === 'boolean');
export const number = form(z.number, Number.isFinite);

export const literal = <const T extends string>(text: T): Form<T> =>
  form(
    () => z.literal(text) as unknown as z.ZodType<T>,
    (value) => value === text,
  );

export const oneOf = <const V extends readonly [string, ...string[]]>(values: V): Form<V[number]> =>
  form(
    () => z.enum(values) as unknown as z.ZodType<V[number]>,
    (value) => values.includes(value as string),
  );

interface Bounds {
  /** Missing = 0. */
  readonly min?: number;
  readonly max?: number;
}

const within =
  ({ min = 0, max = Number.MAX_SAFE_INTEGER }: Bounds) =>
  (value: number): boolean =>
    value >= min && value <= max;

export function integerWithin(bounds: Bounds): Form<number> {
  const fits = within(bounds);
  return form(
    () => bounded(z.int(), bounds),
    (value) => Number.isSafeInteger(value) && fits(value as number),
  );
}

export function numberWithin(bounds: Bounds): Form<number> {
  const fits = within(bounds);
  return form(
    () => bounded(z.number(), bounds),
    (value) => Number.isFinite(value) && fits(value as number),
  );
}

const bounded = <S extends z.ZodNumber>(schema: S, { min = 0, max = Number.MAX_SAFE_INTEGER }: Bounds) =>
  schema.min(min).max(max);

export const listOf = <T>(item: Form<T>): Form<T[]> =>
  form(
    () => z.array(item.schema()),
    (value) => Array.isArray(value) && value.every(item.accepts),
  );

export const recordOf = <T>(item: Form<T>): Form<Record<string, T>> =>
  form(
    () => z.record(z.string(), item.schema()),
    (value) => isObject(value) && Object.values(value).every(item.accepts),
  );

export const either = <const F extends readonly [Form, Form, ...Form[]]>(
  ...forms: F
): Form<F[number] extends Form<infer T> ? T : never> =>
  form(
    () => z.union(forms.map((one) => one.schema())) as never,
    (value) => forms.some((one) => one.accepts(value)),
  );

/** A loose object of parts: unknown keys are kept. */
export function objectOf<T>(
  parts: Readonly<Record<string, Form & { readonly required?: boolean }>>,
  shape: () => Record<string, z.ZodType>,
): Form<T> {
  const required = Object.keys(parts).filter((name) => parts[name]?.required);
  return form(
    () => z.looseObject(shape()) as unknown as z.ZodType<T>,
    (value) => {
      if (!isObject(value)) return false;
      for (const name of required) if (value[name] === undefined) return false;
      // By the keys that are there: an element has a few of the many attributes of its kind.
      for (const name of Object.keys(value))
        if (Object.hasOwn(parts, name) && parts[name]?.accepts(value[name]) === false) return false;
      return true;
    },
  );
}
