import { addressOf } from '../../core/design/design.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { type Context, nameOf } from '../context.ts';
import { unresolved, unsupported } from '../kit/problems.ts';

export interface ExchangePlan {
  readonly name: string;
  readonly type: 'direct' | 'topic' | 'fanout' | 'headers';
  readonly durable: boolean;
  readonly internal: boolean;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface BindingPlan {
  readonly source: string;
  readonly destination: string;
  readonly destination_type: 'queue' | 'exchange';
  readonly routing_key: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Exchanges of a broker. The hash types are plugins that a stock RabbitMQ does not have. */
export function planExchanges({ graph }: Context, broker: string): Result<readonly ExchangePlan[]> {
  const plans: ExchangePlan[] = [];
  const problems: Problem[] = [];
  for (const [id, exchange] of graph.design.exchanges) {
    if (exchange.broker !== broker) continue;
    const { type = 'topic' } = exchange;
    if (type === 'x-modulus-hash' || type === 'x-consistent-hash') {
      problems.push(
        unsupported(
          addressOf('exchanges', id),
          `an exchange of type ${type} is not generated yet.`,
          'Use direct, topic, fanout or headers.',
        ),
      );
      continue;
    }
    const alternate = graph.channel(exchange.alternateExchange);
    plans.push({
      name: exchange.name ?? id,
      type,
      durable: exchange.durable ?? true,
      internal: exchange.internal ?? false,
      // https://www.rabbitmq.com/docs/ae
      arguments: alternate ? { 'alternate-exchange': nameOf(alternate) } : {},
    });
  }
  return problems.length > 0 ? fail(problems) : ok(plans);
}

/** Bindings of a broker's exchanges. Both ends must be on that broker. */
export function planBindings({ graph }: Context, broker: string): Result<readonly BindingPlan[]> {
  const plans: BindingPlan[] = [];
  const problems: Problem[] = [];
  for (const [id, binding] of graph.design.bindings) {
    const source = graph.channel(binding.source);
    const destination = graph.channel(binding.destination);
    if (source?.value.broker !== broker) continue;
    if (source.section !== 'exchanges' || destination?.value.broker !== broker) {
      problems.push(
        unresolved(
          addressOf('bindings', id),
          'joins no exchange with a queue or exchange of the same broker.',
          'Correct its source and destination.',
        ),
      );
      continue;
    }
    const type = source.value.type ?? 'topic';
    if (type !== 'headers' && (binding.headers ?? binding.xMatch) !== undefined) {
      problems.push(
        unsupported(
          addressOf('bindings', id),
          `an exchange of type ${type} compares no headers.`,
          'Leave headers and xMatch out, or make the exchange one of type headers.',
        ),
      );
      continue;
    }
    plans.push({
      source: nameOf(source),
      destination: nameOf(destination),
      destination_type: destination.section === 'exchanges' ? 'exchange' : 'queue',
      routing_key: binding.routingKey ?? (type === 'topic' ? '#' : ''),
      arguments: type === 'headers' ? { ...binding.headers, 'x-match': binding.xMatch ?? 'all' } : {},
    });
  }
  return problems.length > 0 ? fail(problems) : ok(plans);
}
