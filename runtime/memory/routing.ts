import type { Arguments, BindingDeclaration, ExchangeDeclaration, Headers } from '../core/types.ts';

/** Does a message sent with this key and these headers pass the binding? */
export function bindingMatches(
  type: ExchangeDeclaration['type'],
  binding: BindingDeclaration,
  routingKey: string,
  headers: Headers,
): boolean {
  switch (type) {
    case 'fanout':
      return true;
    case 'direct':
      return binding.routing_key === routingKey;
    case 'topic':
      return topicMatches(binding.routing_key.split('.'), routingKey.split('.'));
    case 'headers':
      return headersMatch(binding.arguments ?? {}, headers);
  }
}

/** `*` is exactly one word, `#` is zero or more (https://www.rabbitmq.com/docs/exchanges#topic). */
function topicMatches(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  if (first === '#')
    return words.some((_, i) => topicMatches(rest, words.slice(i))) || topicMatches(rest, []);
  if (words.length === 0) return false;
  return (first === '*' || first === words[0]) && topicMatches(rest, words.slice(1));
}

/** `x-` headers do not count unless `x-match` is one of the `-with-x` kinds (same page, "headers exchange"). */
function headersMatch(args: Arguments, headers: Headers): boolean {
  const kind = String(args['x-match'] ?? 'all');
  const wanted = Object.entries(args).filter(
    ([name]) => name !== 'x-match' && (kind.endsWith('-with-x') || !name.startsWith('x-')),
  );
  const hit = ([name, value]: readonly [string, unknown]) => name in headers && headers[name] === value;
  return kind.startsWith('any') ? wanted.some(hit) : wanted.every(hit);
}
