import { equal } from '../equal.ts';
import { resolveLocal, type Schema } from './schema.ts';

/** A way in which a message that one schema allows may be refused by another. */
export interface Obstacle {
  /** JSON pointer into the messages; items of a list are `*`. */
  readonly pointer: string;
  readonly message: string;
  /** False where the schemas differ in something whose effect this comparison cannot tell. */
  readonly isCertain: boolean;
}

type Keywords = Readonly<Record<string, unknown>>;

/** Keywords that are compared as a whole: where they differ, the effect is not known. */
const OPAQUE = [
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'dependentRequired',
  'patternProperties',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contains',
  'minContains',
  'maxContains',
  'prefixItems',
  '$dynamicRef',
] as const;

/** Lower and upper bounds, with the words for what they bound. */
const BOUNDS = [
  ['minimum', 'at least', 'lower'],
  ['exclusiveMinimum', 'more than', 'lower'],
  ['minLength', 'at least as long as', 'lower'],
  ['minItems', 'with at least as many items as', 'lower'],
  ['minProperties', 'with at least as many properties as', 'lower'],
  ['maximum', 'at most', 'upper'],
  ['exclusiveMaximum', 'less than', 'upper'],
  ['maxLength', 'at most as long as', 'upper'],
  ['maxItems', 'with at most as many items as', 'upper'],
  ['maxProperties', 'with at most as many properties as', 'upper'],
] as const;

const ALL_TYPES = ['object', 'array', 'string', 'number', 'boolean', 'null'] as const;

/**
 * Why messages that are written by one schema may be refused by a reader with another; empty when every one is
 * accepted. Writers are taken to send the properties that their schema declares and no others, as generated producers
 * do: a property that is new is no obstacle only because an old writer could have sent anything under its name.
 */
export function obstaclesOf(reader: Schema, writer: Schema): readonly Obstacle[] {
  return new Comparison(reader, writer).run();
}

class Comparison {
  readonly #reader: Schema;
  readonly #writer: Schema;
  readonly #found: Obstacle[] = [];
  /** What references have led to, since schemas may contain themselves. */
  readonly #compared = new Map<Schema, Set<Schema>>();

  constructor(reader: Schema, writer: Schema) {
    this.#reader = reader;
    this.#writer = writer;
  }

  run(): readonly Obstacle[] {
    this.#compare(this.#reader, this.#writer, '');
    return this.#found;
  }

  #compare(reader: Schema, writer: Schema, pointer: string): void {
    if (reader === true || writer === false) return;
    if (reader === false) {
      this.#certain(pointer, 'is sent, and not accepted');
      return;
    }
    const written: Keywords = writer === true ? {} : writer;
    if ('$ref' in reader || '$ref' in written) this.#references(reader, written, pointer);
    else this.#keywords(reader, written, pointer);
  }

  #keywords(reader: Keywords, written: Keywords, pointer: string): void {
    for (const keyword of OPAQUE)
      if (!equal(reader[keyword], written[keyword]))
        this.#unknown(pointer, `differs in ${keyword}, whose effect is not compared`);
    if (!this.#types(reader, written, pointer)) return;
    this.#values(reader, written, pointer);
    this.#bounds(reader, written, pointer);
    this.#texts(reader, written, pointer);
    if (reader['items'] !== undefined)
      this.#compare(schemaOf(reader['items']), schemaOf(written['items']), `${pointer}/*`);
    this.#properties(reader, written, pointer);
  }

  #references(reader: Keywords, writer: Keywords, pointer: string): void {
    const [left, right] = [resolved(this.#reader, reader), resolved(this.#writer, writer)];
    if (left === undefined || right === undefined) {
      if (!equal(reader, writer)) this.#unknown(pointer, 'refers to another file, which is not compared');
      return;
    }
    const open = this.#compared.get(left) ?? new Set();
    if (open.has(right)) return;
    this.#compared.set(left, open.add(right));
    this.#compare(left, right, pointer);
  }

  /** @returns Whether there is a type that both know, so that it is worth to look further. */
  #types(reader: Keywords, writer: Keywords, pointer: string): boolean {
    const accepted = typesOf(reader);
    if (!accepted) return true;
    const sent = typesOf(writer) ?? (hasValues(writer) ? undefined : ALL_TYPES);
    if (!sent) return true;
    const refused = sent.filter(
      (type) => !accepted.includes(type) && !(type === 'integer' && accepted.includes('number')),
    );
    if (refused.length > 0)
      this.#certain(
        pointer,
        typesOf(writer)
          ? `is sent as ${refused.join(' or ')}, accepted is ${accepted.join(' or ')}`
          : `may be sent as anything, accepted is ${accepted.join(' or ')}`,
      );
    return refused.length < sent.length;
  }

  #values(reader: Keywords, writer: Keywords, pointer: string): void {
    const accepted = valuesOf(reader);
    if (!accepted) return;
    const sent = valuesOf(writer);
    const refused = sent?.filter((value) => !accepted.some((other) => equal(value, other)));
    if (!refused) this.#certain(pointer, `may have any value, accepted is ${list(accepted)}`);
    else if (refused.length > 0) this.#certain(pointer, `may be ${list(refused)}, which is not accepted`);
  }

  #bounds(reader: Keywords, writer: Keywords, pointer: string): void {
    for (const [keyword, words, side] of BOUNDS) {
      const bound = reader[keyword];
      if (typeof bound !== 'number') continue;
      const other = boundOf(writer, keyword);
      const holds = other !== undefined && (side === 'lower' ? other >= bound : other <= bound);
      if (!holds && !(valuesOf(writer) ?? []).length)
        this.#certain(pointer, `must be ${words} ${bound}, and may be sent otherwise`);
    }
    const step = reader['multipleOf'];
    const sent = writer['multipleOf'];
    if (typeof step === 'number' && !(typeof sent === 'number' && Number.isInteger(sent / step)))
      this.#certain(pointer, `must be a multiple of ${step}, and may be sent otherwise`);
    if (reader['uniqueItems'] === true && writer['uniqueItems'] !== true)
      this.#certain(pointer, 'must have no item twice, and may be sent otherwise');
  }

  #texts(reader: Keywords, writer: Keywords, pointer: string): void {
    for (const keyword of ['pattern', 'format'] as const) {
      const asked = reader[keyword];
      if (asked === undefined || asked === writer[keyword] || valuesOf(writer)) continue;
      if (keyword === 'pattern' && writer[keyword] !== undefined)
        this.#unknown(pointer, 'has another pattern, which is not compared');
      else this.#certain(pointer, `must have the ${keyword} ${String(asked)}, and may be sent otherwise`);
    }
  }

  #properties(reader: Keywords, writer: Keywords, pointer: string): void {
    const [accepted, sent] = [propertiesOf(reader), propertiesOf(writer)];
    const always = new Set(namesIn(writer['required']));
    for (const name of namesIn(reader['required']))
      if (!always.has(name)) this.#certain(`${pointer}/${name}`, 'is required, and may be missing');
    for (const [name, schema] of Object.entries(sent)) {
      const other = Object.hasOwn(accepted, name) ? accepted[name] : reader['additionalProperties'];
      this.#compare(schemaOf(other), schemaOf(schema), `${pointer}/${name}`);
    }
    const rest = writer['additionalProperties'];
    if (typeof rest !== 'object' || rest === null) return;
    for (const [name, schema] of Object.entries(accepted))
      if (!Object.hasOwn(sent, name)) this.#compare(schemaOf(schema), schemaOf(rest), `${pointer}/${name}`);
    this.#compare(schemaOf(reader['additionalProperties']), schemaOf(rest), `${pointer}/*`);
  }

  #certain(pointer: string, message: string): void {
    this.#found.push({ pointer, message, isCertain: true });
  }

  #unknown(pointer: string, message: string): void {
    this.#found.push({ pointer, message, isCertain: false });
  }
}

const schemaOf = (value: unknown): Schema => (value === undefined ? true : (value as Schema));

function resolved(root: Schema, schema: Keywords): Schema | undefined {
  const ref = schema['$ref'];
  if (ref === undefined) return schema;
  return typeof ref === 'string' ? resolveLocal(root, ref) : undefined;
}

function typesOf({ type }: Keywords): readonly string[] | undefined {
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.map(String) : undefined;
}

function valuesOf(schema: Keywords): readonly unknown[] | undefined {
  if ('const' in schema) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined;
}

const hasValues = (schema: Keywords): boolean => valuesOf(schema) !== undefined;

/** The same bound of the other schema; `exclusiveMinimum: 5` is also a `minimum: 5`. */
function boundOf(schema: Keywords, keyword: (typeof BOUNDS)[number][0]): number | undefined {
  const stricter = { minimum: 'exclusiveMinimum', maximum: 'exclusiveMaximum' } as const;
  const own = schema[keyword] ?? (keyword in stricter ? schema[stricter[keyword as 'minimum']] : undefined);
  return typeof own === 'number' ? own : undefined;
}

const propertiesOf = ({ properties }: Keywords): Keywords =>
  typeof properties === 'object' && properties !== null ? (properties as Keywords) : {};

const namesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

const list = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(' or ');
