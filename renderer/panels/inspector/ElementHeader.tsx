import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { addressOf } from '../../../core/design/design.ts';
import type { Graph } from '../../../core/design/graph.ts';
import { kinds, type Section } from '../../../core/kinds/registry.ts';
import { NameInput } from '../../canvas/nodes/frame/NameInput.tsx';
import { useApp } from '../../store/store.ts';
import styles from './Inspector.module.css';

interface ElementHeaderProps {
  readonly graph: Graph;
  readonly section: Section;
  readonly id: string;
}

/** Name, kind, broker, and who uses the element. */
export function ElementHeader({ graph, section, id }: ElementHeaderProps) {
  const select = useApp((state) => state.select);
  const address = addressOf(section, id);
  const startNaming = useApp((state) => state.startNaming);
  const focusPanel = useApp((state) => state.focusPanel);
  // What the canvas draws is named there.
  const naming = useApp((state) => state.naming === address && !state.shown?.scene.byAddress.has(address));
  const enterFields = () => focusPanel('properties');
  const channel = graph.channel(id);
  const isChannel = channel?.section === section;
  const broker = isChannel ? channel.value.broker : undefined;
  const users = isChannel
    ? [...graph.producersOf(id).map((user) => user.id), ...graph.consumersOf(id).map((user) => user.id)]
    : [];
  return (
    <header className={styles.header}>
      <h2 className={styles.title} title={id}>
        {naming ? <NameInput address={address} name={id} onDone={enterFields} /> : <span>{id}</span>}
        {!naming && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={22}
            aria-label={`Rename ${id}`}
            title="Edit the name (F2)"
            onClick={() => startNaming(address)}
          >
            <IconPencil size={14} />
          </ActionIcon>
        )}
      </h2>
      <p className={styles.subtitle}>
        {kinds[section].title}
        {broker !== undefined && (
          <>
            {' on '}
            <button
              type="button"
              className={styles.link}
              data-broker={channel && graph.brokerKindOf(channel)}
              onClick={() => select([`brokers/${broker}`], 'panel')}
            >
              {broker}
            </button>
          </>
        )}
        {users.length > 0 &&
          ` · used by ${users.slice(0, 3).join(', ')}${users.length > 3 ? ` and ${users.length - 3} more` : ''}`}
      </p>
    </header>
  );
}
