import type { Broker, Design } from '../../design/design.ts';
import type { BrokerKind } from '../../kinds/brokers.ts';
import { designAttributes } from '../../kinds/design/index.ts';

/** Versions of the generated compose files, by which a broker without a version is judged. */
const STANDARD: Readonly<Partial<Record<BrokerKind, string>>> = {
  kafka: '4.2',
  rabbitmq: '4.3',
  redis: '8.2',
  celery: '5.6',
};

/** Version of a broker as written, or else that of the generated compose file; empty for a service without versions. */
export const versionOf = ({ kind, version }: Broker): string => version ?? STANDARD[kind] ?? '';

/** Whether a broker has what came with version `major.minor`. */
export function isAtLeast(broker: Broker, major: number, minor: number): boolean {
  const [itsMajor = 0, itsMinor = 0] = versionOf(broker).split('.').map(Number);
  return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}

export const environmentOf = ({ design }: Design): 'local' | 'staging' | 'prod' =>
  design.environment ?? designAttributes.environment.default.value;
