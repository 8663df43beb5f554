import { Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { freshId } from '../../../core/commands/names.ts';
import { brokerKinds, brokerLabels } from '../../../core/kinds/brokers.ts';
import { useApp, useAppStore } from '../../store/store.ts';
import styles from './Palette.module.css';

/** The brokers of the design with their colours. */
export function BrokerLegend() {
  const brokers = useApp((state) => state.shown?.graph?.design.brokers);
  const select = useApp((state) => state.select);
  return (
    <section aria-label="Brokers in this design">
      <h2 className={styles.heading}>Brokers in this design</h2>
      <div className={styles.brokers}>
        {[...(brokers ?? [])].map(([id, broker]) => (
          <button
            key={id}
            type="button"
            className={styles.broker}
            data-broker={broker.kind}
            title={`${id}, ${brokerLabels[broker.kind]} ${broker.version ?? ''}`}
            onClick={() => select([`brokers/${id}`], 'panel')}
          >
            <i />
            <b>{id}</b>
            <span>
              {brokerLabels[broker.kind]} {broker.version}
            </span>
          </button>
        ))}
        <AddBroker />
      </div>
    </section>
  );
}

function AddBroker() {
  const store = useAppStore();
  const add = (kind: (typeof brokerKinds)[number]): void => {
    const app = store.getState();
    const design = app.session?.design;
    if (!design) return;
    const id = freshId(design, 'brokers', kind);
    if (app.run('element.add', { section: 'brokers', id, value: { kind } }))
      app.select([`brokers/${id}`], 'panel');
  };
  return (
    <Menu withinPortal={false} floatingStrategy="fixed" position="bottom-start" width={180}>
      <Menu.Target>
        <button type="button" className={styles.broker}>
          <IconPlus size={12} /> <span>Add broker</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {brokerKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => add(kind)}>
            {brokerLabels[kind]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
