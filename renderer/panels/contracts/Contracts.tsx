import { Button } from '@mantine/core';
import { IconMessage, IconPlus } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import { addedId } from '../../../core/commands/element.add.ts';
import { parseAddress } from '../../../core/design/design.ts';
import { useApp, useAppStore } from '../../store/store.ts';
import panel from '../BottomPanel.module.css';
import { Contract } from './Contract.tsx';
import styles from './Contracts.module.css';
import { factsOf } from './facts.ts';
import { MessageList } from './MessageList.tsx';

/** The messages of the design, and the contract of the chosen one. */
export function Contracts() {
  const graph = useDeferredValue(useApp((state) => state.shown?.graph));
  const selected = useApp((state) => state.selected);
  const facts = useMemo(
    () => (graph ? [...graph.design.messages.keys()].flatMap((id) => factsOf(graph, id) ?? []) : []),
    [graph],
  );
  const [address] = selected;
  const found = address && parseAddress(address);
  const chosen = facts.find(({ id }) => found?.section === 'messages' && id === found.id) ?? facts[0];
  if (!graph || !chosen)
    return (
      <div className={panel.empty}>
        <IconMessage size={20} />
        <span>A message type says what is sent: its schema, its versions, its examples.</span>
        <AddMessage />
      </div>
    );
  return (
    <div className={styles.contracts}>
      <div className={styles.side}>
        <MessageList facts={facts} chosen={chosen.id} />
        <AddMessage />
      </div>
      <Contract facts={chosen} />
    </div>
  );
}

function AddMessage() {
  const store = useAppStore();
  const valid = useApp((state) => state.shown?.valid === true);
  const add = (): void => {
    const app = store.getState();
    const design = app.session?.design;
    if (!design) return;
    const args = { section: 'messages', value: { version: 1, schema: { type: 'object' } } } as const;
    const id = addedId(design, args);
    if (app.run('element.add', args)) app.select([`messages/${id}`], 'panel');
  };
  return (
    <Button
      className={styles.add}
      variant="default"
      size="compact-sm"
      leftSection={<IconPlus size={14} />}
      disabled={!valid}
      onClick={add}
    >
      Add message
    </Button>
  );
}
