import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { kinds } from '../../../core/kinds/registry.ts';
import { addUndrawn, undrawn } from '../../actions/addUndrawn.ts';
import { useApp, useAppStore } from '../../store/store.ts';
import styles from './Outline.module.css';

/** Adds what has no shape, and so no place in the palette. */
export function AddUndrawn() {
  const store = useAppStore();
  const editable = useApp((state) => state.shown?.valid ?? false);
  return (
    // The new element's name takes the focus.
    <Menu
      withinPortal={false}
      floatingStrategy="fixed"
      position="bottom-start"
      width={180}
      returnFocus={false}
    >
      <Menu.Target>
        <Button
          className={styles.add}
          variant="default"
          size="compact-sm"
          disabled={!editable}
          leftSection={<IconPlus size={14} />}
        >
          Add
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {undrawn.map((section) => (
          <Menu.Item key={section} onClick={() => addUndrawn(store.getState(), section)}>
            {kinds[section].title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
