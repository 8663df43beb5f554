import { sections } from '../../kinds/registry.ts';
import { nearest } from '../../nearest.ts';
import { patternFault } from '../../regex/backtracking.ts';
import { fail, ok, type Problem, type Result } from '../../result.ts';
import { type RuleId, rules } from '../../rules/registry.ts';
import { checkLength } from '../../text/limits.ts';
import { parse } from '../../text/parse.ts';
import { syntaxProblem } from '../../text/problems.ts';
import type { Path, SourceMap } from '../../text/source.ts';
import type { z } from '../../zod.ts';
import { catalogue, isRuleId } from '../catalogue.ts';
import { type Config, configSchema, type RuleSettings } from './schema.ts';

/** Reads the text of a configuration. Whatever it says that means nothing is a problem with its place. */
export function readConfig(text: string): Result<Config> {
  const limit = checkLength(text);
  if (limit) return fail([limit]);
  const source = parse(text);
  if (source.limit) return fail([source.limit]);
  if (source.misread.length > 0) return fail(source.misread.map(({ error }) => syntaxProblem(error, source)));
  let value: unknown;
  try {
    value = source.value ?? {};
  } catch {
    return fail([problem(source, [], 'It uses YAML aliases too often.', 'Write the repeated parts out.')]);
  }
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) return fail(parsed.error.issues.flatMap((issue) => issueProblems(source, [], issue)));
  const problems = meaningProblems(source, parsed.data);
  return problems.length > 0 ? fail(problems) : ok(parsed.data);
}

/** What is of the right form and means nothing: rules and options that do not exist, patterns that cannot be used. */
function meaningProblems(
  source: SourceMap,
  { rules: own = {}, naming = {}, overrides = [] }: Config,
): Problem[] {
  return [
    ...ruleProblems(source, ['rules'], own),
    ...overrides.flatMap(({ rules: some, elements }, index) => [
      ...ruleProblems(source, ['overrides', String(index), 'rules'], some),
      ...(elements ? optionsOfElements(source, ['overrides', String(index), 'rules'], some) : []),
    ]),
    ...Object.entries(naming).flatMap(([section, pattern]) => {
      const fault = patternFault(pattern);
      return fault ? [problem(source, ['naming', section], `naming.${section}: the pattern ${fault}.`)] : [];
    }),
  ];
}

function ruleProblems(source: SourceMap, at: Path, settings: RuleSettings): Problem[] {
  return Object.entries(settings).flatMap(([id, setting]) => {
    const path = [...at, id];
    if (!isRuleId(id)) {
      const guess = nearest(id, Object.keys(catalogue));
      const hint = guess ? `Did you mean ${guess}?` : 'brokerloom explain lists the rules.';
      return [problem(source, path, `There is no rule ${JSON.stringify(id)}.`, hint)];
    }
    if (typeof setting === 'string' || !setting.options) return [];
    if (!Object.hasOwn(rules, id)) return [problem(source, [...path, 'options'], `${id} has no options.`)];
    const checked = rules[id as RuleId].options().safeParse(setting.options);
    return checked.error?.issues.flatMap((issue) => issueProblems(source, [...path, 'options'], issue)) ?? [];
  });
}

/** A rule that sees the whole design cannot have other options for some of its elements. */
const optionsOfElements = (source: SourceMap, at: Path, settings: RuleSettings): Problem[] =>
  Object.entries(settings).flatMap(([id, setting]) =>
    typeof setting === 'object' && setting.options
      ? [
          problem(
            source,
            [...at, id, 'options'],
            `${id}: options hold for a design, not for some of its elements.`,
            'Leave out elements, or give them a severity only.',
          ),
        ]
      : [],
  );

function issueProblems(source: SourceMap, at: Path, issue: z.core.$ZodIssue): Problem[] {
  const path = [...at, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const isNaming = path.length === 1 && path[0] === 'naming';
      const guess = isNaming ? nearest(key, sections) : undefined;
      const what = isNaming ? 'section' : 'setting';
      return problem(
        source,
        [...path, key],
        `${[...path, key].join('.')}: there is no such ${what}.`,
        guess && `Did you mean ${guess}?`,
      );
    });
  if (issue.code === 'invalid_union')
    return [
      problem(
        source,
        path,
        `${path.join('.')}: this is neither a severity nor a setting of a rule.`,
        'Write error, warn, info or off, or { severity, options }.',
      ),
    ];
  return [problem(source, path, `${path.join('.') || 'The file'}: ${issue.message}`)];
}

function problem(source: SourceMap, path: Path, message: string, hint?: string): Problem {
  const at = source.locate(path) ?? source.position(0);
  return { code: 'LOOM_CONFIG', message, at, ...(hint ? { hint } : {}) };
}
