import { addressOf, type Design } from '../design/design.ts';
import { references } from '../design/references.ts';
import { equal } from '../equal.ts';
import { templateOf } from './templates.ts';

/** What the message that a new producer brings with it is called. */
export const broughtName = (producer: string): string => `${producer}.created`;

/**
 * The message that a producer has brought with it, while it stands in for one that the author has yet to name: it is as it
 * came, and nothing else names it. Then it has the producer's name and goes when the producer lets go of it.
 */
export function broughtBy(design: Design, producer: string): string | undefined {
  const name = broughtName(producer);
  const message = design.messages.get(name);
  if (!message || !equal(message, templateOf('messages', undefined, {}))) return undefined;
  const own = addressOf('producers', producer);
  for (const { to, id, from } of references(design))
    if (to === 'messages' && id === name && from !== own) return undefined;
  return name;
}
