import { fail, ok, type Problem, type Result } from '../../core/result.ts';

/** Words that cannot name a binding in a strict-mode TypeScript module (ECMA-262 §12.7.2, and `await` in modules). */
const RESERVED = new Set(
  (
    'arguments async await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null of package ' +
    'private protected public return static super switch this throw true try type typeof undefined var void while ' +
    'with yield'
  ).split(' '),
);

/** Names that generated files use themselves, members of every object, and globals: legal, but not to be shadowed. */
const USED = new Set(
  (
    'compile contracts defineConsumer defineMessage defineProducer defineService examples producers run schema service ' +
    'services topologies Context Handler ServiceContext ServiceDefinition Topology ' +
    'constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf undefined ' +
    'globalThis escape unescape isFinite isNaN parseFloat parseInt decodeURI encodeURI ' +
    'AggregateError Array ArrayBuffer Atomics BigInt Boolean DataView Date Error EvalError FinalizationRegistry Function ' +
    'Infinity Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set ' +
    'SharedArrayBuffer String Symbol SyntaxError TypeError URIError WeakMap WeakRef WeakSet'
  ).split(' '),
);

export const isIdentifier = (text: string): boolean => /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text);

/** Throws unless the text can stand as an identifier: names are decided by a plan, never repaired in a template. */
export function identifier(text: string): string {
  if (!isIdentifier(text) || RESERVED.has(text))
    throw new Error(`Not an identifier: ${JSON.stringify(text)}`);
  return text;
}

const words = (id: string): string[] => id.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `order.created` → `orderCreated`. Reserved and used words and a leading digit get an underscore. */
export function camelCase(id: string): string {
  const [first = '_', ...rest] = words(id);
  return legal(first.charAt(0).toLowerCase() + first.slice(1) + rest.map(upperFirst).join(''));
}

/** `order.created` → `OrderCreated`. */
export const pascalCase = (id: string): string =>
  legal(
    words(id)
      .map(upperFirst)
      .join('')
      .replace(/^(?=\d|$)/, 'Type'),
  );

const legal = (name: string): string =>
  /^\d/.test(name) ? `_${name}` : RESERVED.has(name) || USED.has(name) ? `${name}_` : name;

/** `order-events` → `ORDER_EVENTS`, for environment variables. */
export const constantCase = (id: string): string =>
  words(id.replace(/([a-z0-9])([A-Z])/g, '$1_$2'))
    .join('_')
    .toUpperCase();

/** `Order.Events` → `order-events`, for package names and folders of packages. */
export const kebabCase = (id: string): string => words(id).join('-').toLowerCase();

/**
 * Gives each id its name. Two ids with one name are an error, since the files or variables would replace each other.
 * @param element address of an id, such as `services/payment`
 * @param taken names that the generator itself uses, with what for
 */
export function distinctNames(
  ids: Iterable<string>,
  nameOf: (id: string) => string,
  element: (id: string) => string,
  taken: Readonly<Record<string, string>> = {},
): Result<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const owners = new Map<string, string>(Object.entries(taken));
  const problems: Problem[] = [];
  for (const id of ids) {
    const name = nameOf(id);
    const owner = owners.get(name.toLowerCase());
    if (name === '' || owner !== undefined) {
      problems.push({
        code: 'LOOM_NAME',
        message:
          name === ''
            ? `${id} has no letter or digit to make a name of.`
            : `${id} and ${owner} would both be called ${name} in the generated code.`,
        hint: 'Give it another id.',
        element: element(id),
      });
    }
    owners.set(name.toLowerCase(), id);
    names.set(id, name);
  }
  return problems.length > 0 ? fail(problems) : ok(names);
}
