import type { Binding, Exchange } from './design.ts';

/**
 * Whether a topic pattern matches a routing key: `*` stands for one word, `#` for any number of words.
 * Linear in pattern × key. https://www.rabbitmq.com/tutorials/tutorial-five-javascript
 */
export function topicMatches(pattern: string, key: string): boolean {
  const words = key.split('.');
  // reachable[i] = the pattern so far can stand for the first i words
  let reachable = [true, ...words.map(() => false)];
  for (const part of pattern.split('.')) {
    const next = words.map(() => false);
    const row = [part === '#' && (reachable[0] ?? false), ...next];
    for (let i = 1; i <= words.length; i++) {
      row[i] =
        part === '#'
          ? (reachable[i] ?? false) || (row[i - 1] ?? false)
          : (reachable[i - 1] ?? false) && (part === '*' || part === words[i - 1]);
    }
    reachable = row;
  }
  return reachable[words.length] ?? false;
}

type Headers = Readonly<Record<string, unknown>>;

/**
 * Whether the headers of a message match those of a binding. Names that begin with `x-` count only with `all-with-x`
 * and `any-with-x`. https://www.rabbitmq.com/docs/exchanges#headers
 */
export function headersMatch(
  binding: Headers,
  match: NonNullable<Binding['xMatch']>,
  headers: Headers,
): boolean {
  const compared = Object.entries(binding).filter(
    ([name]) => match.endsWith('-with-x') || !name.startsWith('x-'),
  );
  const equal = ([name, value]: [string, unknown]): boolean => headers[name] === value;
  return match.startsWith('any') ? compared.some(equal) : compared.every(equal);
}

/** Whether an exchange of this type copies a message with this key and these headers along the binding. */
export function bindingMatches(
  type: NonNullable<Exchange['type']>,
  binding: Binding,
  routingKey: string,
  headers: Headers,
): boolean {
  switch (type) {
    case 'fanout':
      return true;
    case 'direct':
      return (binding.routingKey ?? '') === routingKey;
    case 'topic':
      return topicMatches(binding.routingKey ?? '#', routingKey);
    case 'headers':
      return headersMatch(binding.headers ?? {}, binding.xMatch ?? 'all', headers);
    // One of the bound queues receives the message; which one depends on a hash, so each of them may.
    case 'x-modulus-hash':
    case 'x-consistent-hash':
      return true;
  }
}
