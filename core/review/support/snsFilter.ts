type Path = readonly string[];
/** Whether a message has something at a path; `undefined` where the design does not tell. */
type Has = (path: Path) => boolean | undefined;

/**
 * Whether a message has everything that an SNS filter policy asks for; values are not compared. All keys of a policy
 * must be there, and one branch of an `$or`. https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policies.html
 */
export function filterMatches(policy: unknown, has: Has, above: Path = []): boolean | undefined {
  if (!isObject(policy)) return true;
  return every(
    Object.entries(policy).map(([key, condition]) => {
      const path = [...above, key];
      if (key === '$or' && Array.isArray(condition))
        return some(condition.map((branch) => filterMatches(branch, has, above)));
      if (!Array.isArray(condition)) return filterMatches(condition, has, path);
      return condition.some(acceptsAbsence) ? true : has(path);
    }),
  );
}

const acceptsAbsence = (condition: unknown): boolean => isObject(condition) && condition['exists'] === false;

const every = (parts: readonly (boolean | undefined)[]): boolean | undefined =>
  parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;

const some = (parts: readonly (boolean | undefined)[]): boolean | undefined =>
  parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;

/** Keywords by which a schema may have more properties than it lists itself. */
const ELSEWHERE = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if', 'patternProperties'];

/** Whether a JSON Schema lists a property; `undefined` where it is missing or refers to others. */
export function hasProperty(schema: unknown, path: Path): boolean | undefined {
  const [key, ...below] = path;
  if (key === undefined) return true;
  if (!isObject(schema)) return undefined;
  const { properties } = schema;
  if (isObject(properties) && Object.hasOwn(properties, key))
    return below.length === 0 ? true : hasProperty(properties[key], below);
  return ELSEWHERE.some((keyword) => Object.hasOwn(schema, keyword)) ? undefined : false;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
