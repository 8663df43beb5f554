import type { Broker } from '../../core/design/design.ts';
import type { BrokerAccess } from '../broker.ts';
import type { Context } from '../context.ts';
import { constantCase } from '../kit/identifiers.ts';
import type { Emulator } from './emulator.ts';

/** Where the design names no region. */
const REGION = 'us-east-1';

/** Who looks after the brokers: sets them up, runs the load generator and the dead-letter tool. */
const OPERATOR = 'operator';

/**
 * How services and tools reach a service of AWS: through its emulator where an address is set, as `.env` and the compose
 * file do, else at AWS itself.
 */
export function awsAccess(
  { graph }: Context,
  id: string,
  { region }: Pick<Broker, 'region'>,
  { service, port }: Emulator,
): Pick<BrokerAccess, 'id' | 'env' | 'url' | 'settings' | 'accessKeys'> {
  const env = constantCase(id);
  const on = (channel: string | undefined): boolean => graph.channel(channel)?.value.broker === id;
  const endpoints = [...graph.design.producers, ...graph.design.consumers].flatMap(([name, value]) =>
    on(value.channel) ? [graph.serviceOf({ id: name, value })] : [],
  );
  return {
    id,
    env,
    url: { inside: `http://${service}:${port}`, outside: `http://127.0.0.1:${port}` },
    settings: { [`${env}_REGION`]: region ?? REGION },
    accessKeys: [...new Set(endpoints)].sort().concat(OPERATOR),
  };
}
