import { addressOf, type ElementAddress } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';
import { isFifoQueue } from '../aws/names.ts';
import type { Context } from '../context.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
const isLegalName = (name: string, fifo: boolean): boolean =>
  name.length <= 80 && (fifo ? /^[A-Za-z0-9_-]+\.fifo$/ : /^[A-Za-z0-9_-]+$/).test(name);

/** Queue names that SQS does not take, or that two queues have. */
export function nameProblems({ graph }: Context, broker: string): Problem[] {
  const owners = new Map<string, string>();
  return [...graph.design.queues].flatMap(([id, queue]) => {
    if (queue.broker !== broker) return [];
    const name = queue.name ?? id;
    const owner = owners.get(name);
    owners.set(name, owner ?? id);
    if (owner !== undefined) return [problem(graph, id, name, `is that of ${owner}.`)];
    if (isLegalName(name, isFifoQueue(queue))) return [];
    return [
      problem(
        graph,
        id,
        name,
        `must be at most 80 letters, digits, hyphens and underscores${isFifoQueue(queue) ? ' that end with .fifo' : ''}.`,
      ),
    ];
  });
}

function problem({ origins }: Context['graph'], id: string, name: string, reason: string): Problem {
  const address = addressOf('queues', id);
  const element: ElementAddress = origins.get(address)?.address ?? address;
  return {
    code: 'LOOM_NAME',
    message: `${element}: the queue name ${JSON.stringify(name)} ${reason}`,
    hint: 'Give it another name.',
    element,
  };
}
