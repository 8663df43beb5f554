import { Button, Text } from '@mantine/core';
import { useReactFlow } from '@xyflow/react';
import { addToDesign } from '../actions/add.ts';
import { paletteItems } from '../panels/palette/items.ts';
import { useAppStore } from '../store/store.ts';
import styles from './Canvas.module.css';

/** What to do with an empty design. */
export function EmptyCanvas() {
  const store = useAppStore();
  const flow = useReactFlow();
  return (
    <div className={styles.empty}>
      <Text fw={600} fz={15}>
        Start with who sends messages
      </Text>
      <Text c="var(--dim)" maw={360}>
        Drag a producer from the palette, then an exchange and a queue, and connect their ports from left to
        right.
      </Text>
      <Button
        variant="default"
        onClick={() => {
          addToDesign(store.getState(), paletteItems.producer, [0, 0]);
          void flow.fitView({ maxZoom: 1, padding: 0.6 });
        }}
      >
        Add a producer
      </Button>
    </div>
  );
}
