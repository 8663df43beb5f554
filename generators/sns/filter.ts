/** What is known of a message while nothing is sent: attributes by name. */
export type Known = Readonly<Record<string, string | number | boolean>>;

/**
 * Whether a filter policy over message attributes lets a message through; `undefined` where that depends on what only the
 * message itself tells. https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export function passes(policy: unknown, known: Known): boolean | undefined {
  if (!isObject(policy)) return true;
  return every(
    Object.entries(policy).map(([name, conditions]) => {
      if (name === '$or' && Array.isArray(conditions))
        return some(conditions.map((part) => passes(part, known)));
      if (!Array.isArray(conditions)) return undefined;
      // Others may be sent with a single message.
      const value = known[name];
      return value === undefined ? undefined : some(conditions.map((condition) => matches(condition, value)));
    }),
  );
}

function matches(condition: unknown, value: string | number | boolean): boolean | undefined {
  if (!isObject(condition)) return condition === value || String(condition) === String(value);
  const [[kind = '', operand] = []] = Object.entries(condition);
  const text = String(value);
  switch (kind) {
    case 'exists':
      return operand === true;
    case 'prefix':
      return text.startsWith(String(operand));
    case 'suffix':
      return text.endsWith(String(operand));
    case 'equals-ignore-case':
      return text.toLowerCase() === String(operand).toLowerCase();
    case 'anything-but': {
      const found = some([operand].flat().map((each) => matches(each, value)));
      return found === undefined ? undefined : !found;
    }
    default:
      return undefined;
  }
}

const every = (parts: readonly (boolean | undefined)[]): boolean | undefined =>
  parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;

const some = (parts: readonly (boolean | undefined)[]): boolean | undefined =>
  parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
