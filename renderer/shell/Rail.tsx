import { Tooltip } from '@mantine/core';
import { IconKeyboard, IconLayoutGrid, IconListTree } from '@tabler/icons-react';
import { useApp } from '../store/store.ts';
import styles from './Rail.module.css';

const tabs = [
  { id: 'palette', label: 'Palette', Icon: IconLayoutGrid },
  { id: 'outline', label: 'Outline', Icon: IconListTree },
] as const;

/** Chooses what the left panel shows; the one that is shown closes it. */
export function Rail() {
  const current = useApp((state) => state.leftTab);
  const open = useApp((state) => state.leftOpen);
  const setLeftOpen = useApp((state) => state.setLeftOpen);
  const showLeft = useApp((state) => state.showLeft);
  const openDialog = useApp((state) => state.openDialog);
  return (
    <nav className={styles.rail} aria-label="Panels">
      {tabs.map(({ id, label, Icon }) => (
        <Tooltip key={id} label={label} position="right">
          <button
            type="button"
            aria-label={label}
            aria-pressed={open && current === id}
            onClick={() => (open && current === id ? setLeftOpen(false) : showLeft(id))}
          >
            <Icon size={19} stroke={1.7} />
          </button>
        </Tooltip>
      ))}
      <Tooltip label="Keyboard shortcuts (?)" position="right">
        <button
          type="button"
          className={styles.last}
          aria-label="Keyboard shortcuts"
          onClick={() => openDialog('shortcuts')}
        >
          <IconKeyboard size={19} stroke={1.7} />
        </button>
      </Tooltip>
    </nav>
  );
}
