import { headerNames } from '../core/headers.ts';
import type { WireMessage } from '../core/types.ts';

/** Headers of the library that filter policies may look at. */
const envelope: readonly string[] = [headerNames.type, headerNames.schemaVersion, headerNames.aggregateId];
/** Besides the attribute that carries everything: raw delivery takes ten. */
const most = 9;

/**
 * What filter policies of subscriptions can see of a message: what it is and of whom, and up to six headers of its
 * producer. Numbers stay numbers, which conditions can compare.
 */
export function filterAttributes({ headers }: WireMessage) {
  const own = Object.entries(headers).filter(
    ([name]) => !name.startsWith('loom-') && !/^trace(parent|state)$/.test(name),
  );
  const shared = envelope.map((name) => [name, headers[name]] as const);
  const usable = [...shared, ...own].filter(
    ([name, value]) => isLegalName(name) && value !== undefined && value !== null && value !== '',
  );
  return Object.fromEntries(
    usable
      .slice(0, most)
      .map(([name, value]) => [
        name,
        { DataType: typeof value === 'number' ? 'Number' : 'String', StringValue: String(value) },
      ]),
  );
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
const isLegalName = (name: string): boolean =>
  /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name) && !/^(aws|amazon)\./i.test(name);
