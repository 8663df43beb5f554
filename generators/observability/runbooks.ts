/** What to do, for those who have not written a page of their own. */
export const runbooks = {
  backlog:
    'Are consumers attached, ready and without errors? If they handle messages, compare their rate with what arrives: start more of them, up to the partitions of a log. If they fail, look at the log of the service for the first error.',
  growth:
    'More arrives than is handled. Start more consumers, or slow the producers down, before the channel reaches its limit. Look whether the time of the handlers has grown.',
  age: 'Either a message is stuck with a handler (look at handlers at work and their time), or everything is late (look at the backlog).',
  deadLetters:
    'List them with `npm run dlq -- list CHANNEL`; each says why it died. Correct the cause first, then `npm run dlq -- replay CHANNEL`. What is of no use goes with `npm run dlq -- drop CHANNEL --id ID --yes`.',
  unroutable:
    'A message matched no binding: a routing key has changed, a binding is missing, or its queue has been deleted. Compare the definitions of the broker with those of the workspace.',
  noConsumer:
    'Start the service. If it runs, ask its /ready: it names what keeps it from working. Messages wait meanwhile, up to the limit of the queue.',
  notReady:
    'Ask /ready of the service: it names what keeps it from working. If nothing answers, look at the end of its log.',
  disconnected:
    'Is the broker there, and can this machine reach it? The log of the service has the reason: a refused password, a certificate, a name that does not resolve. It connects again by itself.',
  sendsFail:
    'The outcome says why: unroutable, a missing binding; send_timeout, the broker is away or refuses (a full queue, an alarm); invalid_message, the sender breaks its contract. The application has been told; nothing was lost in silence.',
  store:
    'Without the store nothing is handled; messages wait. Is it there, and does it have memory? If it came back empty, accept that only when it is clear which events may be handled again.',
  copies:
    'Retry or dead-letter copies are refused, so their originals stay unacknowledged and hold their places. Is a delay queue or the dead-letter queue full or missing?',
} as const;

/** The same with the name of the channel in its commands. */
export const runbookFor = (topic: keyof typeof runbooks, channel: string): string =>
  runbooks[topic].replaceAll('CHANNEL', () => channel);
