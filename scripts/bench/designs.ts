/**
 * A design of about `elements` elements that are wired like real ones: for every queue a binding, a producer, a
 * consumer and a position, for every ten queues a service, an exchange with a position, a message and a flow. Nobody watches the queues,
 * so a review has something to say about each of them.
 */
export const designOf = (elements: number): string =>
  designWith(Math.max(10, Math.round((elements - 1) / 4.4)));

/** The same with a number of queues. */
export function designWith(count: number): string {
  const groups = Math.ceil(count / 10);
  const group = (i: number): number => i % groups;
  const section = (name: string, length: number, entry: (i: number) => string): string =>
    `\n${name}:\n${Array.from({ length }, (_, i) => entry(i)).join('')}`;
  // The queues of an exchange stand below each other, clear of what stands beside them; twelve exchanges in a row.
  const place = (exchange: number, x: number, row: number): string =>
    `[${x + (exchange % 12) * 1280}, ${Math.floor(exchange / 12) * 1700 + row * 152}]`;
  return [
    '# A design of many elements.\nbrokerloom: 1\n\ndesign:\n  name: bench\n  environment: prod\n',
    '\nbrokers:\n  work:\n    kind: rabbitmq\n    version: "4.3"\n    nodes: 3\n',
    section('services', groups, (i) => `  service-${i}:\n    owner: team-${i % 7}\n`),
    section(
      'messages',
      groups,
      (i) =>
        `  message-${i}:\n    version: 1\n    aggregateIdPath: /id\n    size: { avg: 1KiB, max: 16KiB }\n    schema:\n      type: object\n      required: [id]\n      properties:\n        id: { type: string }\n`,
    ),
    section('exchanges', groups, (i) => `  exchange-${i}:\n    broker: work\n    type: topic\n`),
    section(
      'queues',
      count,
      (i) =>
        `  # what waits for worker ${i}\n  queue-${i}:\n    broker: work\n    type: quorum\n    maxLength: 500000\n    overflow: reject-publish\n    retry: standard\n    deadLetter: { owner: team-${i % 7}, redrive: tool }\n`,
    ),
    section(
      'bindings',
      count,
      (i) =>
        `  binding-${i}: { source: exchange-${group(i)}, destination: queue-${i}, routingKey: key.${i} }\n`,
    ),
    section(
      'producers',
      count,
      (i) =>
        `  producer-${i}:\n    service: service-${group(i)}\n    channel: exchange-${group(i)}\n    messages: [message-${group(i)}]\n    routingKeys: [key.${i}]\n    rate: { avg: 4/s, peak: 10/s }\n`,
    ),
    section(
      'consumers',
      count,
      (i) =>
        `  consumer-${i}:\n    service: service-${group(i)}\n    channel: queue-${i}\n    messages: [message-${group(i)}]\n    processing: { p50: 15ms, p99: 40ms } # measured\n    concurrency: 8\n    idempotency: standard\n`,
    ),
    section('flows', groups, (i) => {
      const members = Array.from({ length: count }, (_, k) => k).filter((k) => group(k) === i);
      const all = (kind: string): string => members.map((k) => `${kind}-${k}`).join(', ');
      return `  flow-${i}:\n    pattern: topic\n    ordering: none\n    from: [${all('producer')}]\n    to: [${all('consumer')}]\n`;
    }),
    section('layout', groups, (i) => `  exchanges/exchange-${i}: ${place(i, 256, 0)}\n`),
    Array.from({ length: count }, (_, i) => {
      return `  queues/queue-${i}: ${place(group(i), 640, Math.floor(i / groups))}\n`;
    }).join(''),
  ].join('');
}
