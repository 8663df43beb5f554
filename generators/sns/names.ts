import { addressOf } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';
import { isFifoTopic } from '../aws/names.ts';
import type { Context } from '../context.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const isLegalName = (name: string, fifo: boolean): boolean =>
  name.length <= 256 && (fifo ? /^[A-Za-z0-9_-]+\.fifo$/ : /^[A-Za-z0-9_-]+$/).test(name);

/** Topic names that SNS does not take, or that two topics have. */
export function nameProblems({ graph }: Context, broker: string): Problem[] {
  const owners = new Map<string, string>();
  return [...graph.design.topics].flatMap(([id, topic]) => {
    if (topic.broker !== broker) return [];
    const { name = id } = topic;
    const owner = owners.get(name);
    owners.set(name, owner ?? id);
    const fifo = isFifoTopic(topic);
    const rule = `must be at most 256 letters, digits, hyphens and underscores${fifo ? ' that end with .fifo' : ''}.`;
    const reason = owner !== undefined ? `is that of ${owner}.` : isLegalName(name, fifo) ? undefined : rule;
    const element = addressOf('topics', id);
    return reason === undefined
      ? []
      : [
          {
            code: 'LOOM_NAME' as const,
            message: `${element}: the topic name ${JSON.stringify(name)} ${reason}`,
            hint: 'Give it another name.',
            element,
          },
        ];
  });
}
