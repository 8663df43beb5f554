import type { ElementAddress } from '../../design/design.ts';
import { catalogue } from '../catalogue.ts';
import type { ReviewOptions } from '../review.ts';
import type { RuleMeta } from '../rule.ts';
import { matchesGlob } from './glob.ts';
import type { Config, Level, Preset, RuleSettings } from './schema.ts';

/** Level that a preset gives a rule; `undefined` for the rule's own. */
export const presetLevels: Readonly<
  Record<Preset, (meta: Pick<RuleMeta, 'severity' | 'isAsked'>) => Level | undefined>
> = {
  recommended: ({ severity, isAsked }) => (severity === 'info' && !isAsked ? 'off' : undefined),
  strict: (meta) => (meta.severity === 'warn' ? 'error' : presetLevels.recommended(meta)),
  all: () => undefined,
};

const levelIn = (rules: RuleSettings | undefined, ruleId: string): Level | undefined => {
  const setting = rules?.[ruleId];
  return typeof setting === 'string' ? setting : setting?.severity;
};

/**
 * What a configuration asks of the review of one design.
 * @param file Path of the design from the folder of the configuration, with forward slashes.
 */
export function reviewOptionsFor(
  config: Config,
  file: string,
): Required<Pick<ReviewOptions, 'level' | 'options'>> {
  const { preset = 'recommended', rules, naming, overrides = [] } = config;
  const here = overrides.filter(({ files }) => !files || files.some((glob) => matchesGlob(glob, file)));
  const options: Record<string, unknown> = naming ? { 'naming/convention': { patterns: naming } } : {};
  for (const settings of [rules ?? {}, ...here.map((override) => override.rules)])
    for (const [ruleId, setting] of Object.entries(settings))
      if (typeof setting === 'object' && setting.options)
        options[ruleId] = { ...(options[ruleId] as object | undefined), ...setting.options };

  const level = (ruleId: string, element: ElementAddress | 'design'): Level | undefined => {
    let result = levelIn(rules, ruleId);
    for (const { elements, rules: own } of here)
      if (!elements || elements.some((glob) => matchesGlob(glob, element)))
        result = levelIn(own, ruleId) ?? result;
    return result ?? presetLevels[preset](catalogue[ruleId as keyof typeof catalogue].meta);
  };
  if (here.some(({ elements }) => elements)) return { level, options };
  // It depends on the rule alone, and is asked for every finding and for every check that passes by a default.
  const levels = new Map<string, Level | undefined>();
  const known: typeof level = (ruleId, element) => {
    if (!levels.has(ruleId)) levels.set(ruleId, level(ruleId, element));
    return levels.get(ruleId);
  };
  return { level: known, options };
}
