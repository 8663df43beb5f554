import { catalogue, isRuleId } from '../../core/review/catalogue.ts';
import { questions } from '../../core/review/checklist/questions.ts';
import { fixes } from './rulePages.ts';

interface Gotcha {
  readonly title: string;
  /** Rules that catch it; `dlq/*` stands for all of a pack. One that does not exist yet is left out. */
  readonly rules: readonly string[];
}

/** What people learn about brokers from their first outage. */
const gotchas: readonly Gotcha[] = [
  {
    title: 'Order ends at the partition',
    rules: [
      'ordering/partition-key-required',
      'ordering/key-consistent',
      'ordering/partitioner-consistent',
      'ordering/channel-cannot-provide',
    ],
  },
  {
    title: 'One message that cannot be processed stops all behind it',
    rules: ['dlq/*', 'rabbitmq/nack-requeue-loop', 'kinesis/poison-blocks-shard'],
  },
  { title: 'Messages are delivered at least once', rules: ['idempotency/*'] },
  {
    title: 'A Celery task that outlives its visibility timeout runs twice',
    rules: ['celery/visibility-timeout', 'celery/eta-vs-visibility', 'celery/shared-broker-visibility'],
  },
  {
    title: 'Queues without a limit',
    rules: ['retention/queue-unbounded', 'rabbitmq/overflow-policy', 'redis/trimming-declared'],
  },
  {
    title: 'Throughput of FIFO queues',
    rules: ['sqs/fifo-throughput', 'sqs/fifo-group-key', 'capacity/hot-key'],
  },
  {
    title: 'Lag that grows unseen',
    rules: ['monitoring/backlog-alert', 'monitoring/growth-not-only-level'],
  },
  {
    title: 'Limits on the size of messages',
    rules: ['capacity/payload-limit', 'capacity/payload-heavy', 'kafka/size-chain'],
  },
  { title: 'A broker is no database', rules: ['pattern/broker-as-database'] },
];

/** `docs/rules/README.md`: the rules by name, by the question of the checklist that they decide, and by gotcha. */
export function ruleIndex(): string {
  const rows = Object.values(catalogue)
    .map(({ id, meta }) => `| ${link(id)} | ${meta.title} | ${meta.severity} | ${fixes[meta.fix].index} |`)
    .sort();
  const byQuestion = questions.map(
    ({ title, gates, supporting, asks = [] }) =>
      `| ${title} | ${links(gates)} | ${links([...supporting, ...asks])} |`,
  );
  const byGotcha = gotchas.map(({ title, rules }) => `| ${title} | ${links(rules.flatMap(idsOf))} |`);
  return `# Rules

How rules judge, and how findings are waived and fixed, is in [review](../review.md); which of their figures were read
where, in [figures](figures.md). This page is made by \`npm run reference\`; a test fails while it is not current.

${table('| Rule | What holds | Severity | Fix |', rows)}

## By question of the checklist

\`brokerloom checklist\` answers these. A gate can make the answer *fail*; what a supporting rule finds is a warning.

${table('| Question | Gates | Supporting |', byQuestion)}

## By gotcha

${table('| What goes wrong | Rules |', byGotcha)}
`;
}

const table = (head: string, rows: readonly string[]): string =>
  [head, `|${'---|'.repeat(head.split('|').length - 2)}`, ...rows].join('\n');

const link = (id: string): string => `[${id}](${id}.md)`;

/** Links to the rules that exist. */
const links = (ids: readonly string[]): string =>
  [...new Set(ids)].filter(isRuleId).map(link).join(', ') || '–';

const idsOf = (rule: string): readonly string[] =>
  rule.endsWith('/*') ? Object.keys(catalogue).filter((id) => id.startsWith(rule.slice(0, -1))) : [rule];
