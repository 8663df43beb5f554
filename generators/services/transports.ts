import type { BrokerAccess } from '../broker.ts';
import { Code, propertyKey } from '../kit/literals.ts';

/** Imports of the functions that connect to brokers, sorted as formatters sort them. */
export function transportImports(
  brokers: readonly BrokerAccess[],
  fileOf: (module: string) => string,
  more: readonly { readonly from: string; readonly names: readonly string[] }[] = [],
  which: 'factory' | 'admin' = 'factory',
): readonly { readonly from: string; readonly names: readonly string[] }[] {
  const factories = new Map<string, Set<string>>();
  for (const { transport } of brokers) {
    const from = fileOf(transport.module);
    factories.set(from, (factories.get(from) ?? new Set()).add(transport[which]));
  }
  const imports = [...factories].map(([from, names]) => ({ from, names: [...names].sort() }));
  return [...imports, ...more].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Entries of the `transports` of a service. */
export const transportUses = (brokers: readonly BrokerAccess[]) =>
  brokers.map(({ id, env, transport }) => ({
    key: new Code(propertyKey(id)),
    factory: transport.factory,
    env,
  }));
