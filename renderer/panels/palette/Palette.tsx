import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp } from '../../store/store.ts';
import { BrokerLegend } from './BrokerLegend.tsx';
import { paletteGroups } from './items.ts';
import styles from './Palette.module.css';
import { PaletteButton } from './PaletteButton.tsx';

/** What can be put on the canvas, and the brokers of the design with their colours. */
export function Palette() {
  const [filter, setFilter] = useState('');
  const armed = useApp((state) => state.armed);
  const wanted = filter.trim().toLowerCase();
  const groups = paletteGroups
    .map(({ title, items }) => ({
      title,
      items: items.filter((item) => item.title.toLowerCase().includes(wanted)),
    }))
    .filter(({ items }) => items.length > 0);
  return (
    <div className={styles.palette}>
      <TextInput
        size="xs"
        placeholder="Filter"
        aria-label="Filter the palette"
        leftSection={<IconSearch size={13} />}
        value={filter}
        onChange={(event) => setFilter(event.currentTarget.value)}
      />
      {groups.map(({ title, items }) => (
        <section key={title} aria-label={title}>
          <h2 className={styles.heading}>{title}</h2>
          <div className={styles.items}>
            {items.map((item) => (
              <PaletteButton key={item.shape} item={item} />
            ))}
          </div>
        </section>
      ))}
      {groups.length === 0 && <p className={styles.hint}>Nothing is called “{filter}”.</p>}
      {armed && <p className={styles.hint}>Click on the canvas to place the {armed.title.toLowerCase()}.</p>}
      <BrokerLegend />
    </div>
  );
}
