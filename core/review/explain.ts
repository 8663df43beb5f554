import { brokerLabels } from '../kinds/brokers.ts';
import { catalogue, isRuleId } from './catalogue.ts';

const FIXES = {
  auto: 'applied by --fix',
  suggest: 'suggested, with a preview',
  none: 'none; a person must decide',
} as const;

/** What a rule looks at, why, and where its facts come from, as plain text; `undefined` for an id that is no rule. */
export function explain(ruleId: string): string | undefined {
  if (!isRuleId(ruleId)) return undefined;
  const { meta } = catalogue[ruleId];
  const brokers = meta.brokers === 'all' ? 'all' : meta.brokers.map((kind) => brokerLabels[kind]).join(', ');
  return [
    `${ruleId}: ${meta.title}`,
    `Severity: ${meta.severity} · Brokers: ${brokers} · Fix: ${FIXES[meta.fix]}`,
    `What it looks at\n${meta.docs.what}`,
    `Which outage it prevents\n${meta.docs.why}`,
    ...(meta.sources.length > 0 ? [`Sources\n${meta.sources.join('\n')}`] : []),
  ].join('\n\n');
}
