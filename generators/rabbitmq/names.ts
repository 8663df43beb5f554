import { addressOf, type ElementAddress } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';
import type { Context } from '../context.ts';

/** Names and routing keys are short strings of AMQP: https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf §4.2.5.3 */
const MAX_BYTES = 255;

/** Delay queues are called `<queue>.retry.<delay>`, which has to fit as well. */
const MAX_NAME_BYTES = MAX_BYTES - '.retry.'.length - 24;

/** Length in UTF-8. */
const bytes = (text: string): number => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, '.').length;

/** Names on the broker that it would refuse, or that two elements share. */
export function nameProblems({ graph }: Context, broker: string): Problem[] {
  const problems: Problem[] = [];
  // A stream is a queue to RabbitMQ: they share their names.
  for (const sections of [['exchanges'], ['queues', 'streams']] as const) {
    const owners = new Map<string, string>();
    for (const section of sections) {
      for (const [id, { broker: on, name = id }] of graph.design[section]) {
        if (on !== broker) continue;
        const reason = refusal(name, owners.get(name));
        if (reason) problems.push(problem(addressOf(section, id), reason));
        owners.set(name, id);
      }
    }
  }
  for (const [id, { source, routingKey = '' }] of graph.design.bindings) {
    if (graph.channel(source)?.value.broker === broker && bytes(routingKey) > MAX_BYTES)
      problems.push(problem(addressOf('bindings', id), `its routing key is longer than ${MAX_BYTES} bytes.`));
  }
  return problems;
}

function refusal(name: string, owner: string | undefined): string | undefined {
  if (owner !== undefined) return `its name on the broker is that of ${owner}.`;
  if (name === '' || bytes(name) > MAX_NAME_BYTES)
    return `its name on the broker has not 1 to ${MAX_NAME_BYTES} bytes.`;
  // https://www.rabbitmq.com/docs/queues#names
  return name.startsWith('amq.') ? 'names that begin with amq. belong to the broker.' : undefined;
}

const problem = (element: ElementAddress, message: string): Problem => ({
  code: 'LOOM_NAME',
  message: `${element}: ${message}`,
  hint: 'Give it another name.',
  element,
});
