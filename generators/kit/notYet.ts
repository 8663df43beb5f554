import { addressOf } from '../../core/design/design.ts';
import { type BrokerKind, brokerLabels } from '../../core/kinds/brokers.ts';
import { fail } from '../../core/result.ts';
import type { BrokerTarget } from '../broker.ts';
import { unsupported } from './problems.ts';

/** A broker that can be drawn, linted and simulated, but for which no services are generated. */
export const notYet = <K extends BrokerKind>(id: K): BrokerTarget & { readonly id: K } => ({
  id,
  label: brokerLabels[id],
  supports: {
    exchanges: 'unsupported',
    queues: 'unsupported',
    topics: 'unsupported',
    streams: 'unsupported',
  },
  plan: (_context, broker) =>
    fail([
      unsupported(
        addressOf('brokers', broker),
        `services on ${brokerLabels[id]} are not generated yet.`,
        'The design can still be drawn and linted; to generate, put the parts on RabbitMQ into a design of their own.',
      ),
    ]),
});
