import { type ElementAddress, parseAddress } from '../../../core/design/design.ts';
import type { Graph } from '../../../core/design/graph.ts';
import type { BrokerKind } from '../../../core/kinds/brokers.ts';
import { kinds, type Section } from '../../../core/kinds/registry.ts';
import { useApp } from '../../store/store.ts';
import { ElementHeader } from './ElementHeader.tsx';
import { Fields } from './Fields.tsx';
import { Findings } from './Findings.tsx';
import styles from './Inspector.module.css';

/** Everything about one element. */
export function ElementView({ address }: { readonly address: ElementAddress }) {
  const graph = useApp((state) => state.shown?.graph);
  const valid = useApp((state) => state.shown?.valid ?? false);
  const found = parseAddress(address);
  const element = found && graph?.design[found.section].get(found.id);
  if (!graph || !found || !element) return null;
  return (
    <div className={styles.inspector}>
      <ElementHeader graph={graph} section={found.section} id={found.id} />
      <Findings address={address} />
      <Fields
        address={address}
        attributes={kinds[found.section].attributes}
        element={element as Readonly<Record<string, unknown>>}
        brokers={brokersOf(graph, found.section, element)}
        disabled={!valid}
      />
    </div>
  );
}

/** Brokers whose attributes mean something here: that of the channel, or all of the design. */
function brokersOf(graph: Graph, section: Section, element: object): ReadonlySet<BrokerKind> | undefined {
  if (section === 'brokers') return new Set('kind' in element ? [element.kind as BrokerKind] : []);
  const id = 'broker' in element ? element.broker : undefined;
  const direct = typeof id === 'string' ? graph.design.brokers.get(id)?.kind : undefined;
  const channel = 'channel' in element ? graph.channel(String(element.channel)) : undefined;
  const kind = direct ?? (channel && graph.brokerKindOf(channel));
  if (kind) return new Set([kind]);
  return graph.design.brokers.size > 0
    ? new Set([...graph.design.brokers.values()].map((broker) => broker.kind))
    : undefined;
}
