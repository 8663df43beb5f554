import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useBottomPanel } from '../shell/bottom.ts';
import type { BottomTab } from '../store/state/view.ts';
import { useApp } from '../store/store.ts';
import styles from './BottomPanel.module.css';
import { Checklist } from './checklist/Checklist.tsx';
import { Generated } from './generated/Generated.tsx';
import { Problems } from './problems/Problems.tsx';

const tabs: readonly { readonly id: BottomTab; readonly title: string }[] = [
  { id: 'problems', title: 'Problems' },
  { id: 'checklist', title: 'Checklist' },
  { id: 'generated', title: 'Generated' },
];

const views: Readonly<Record<BottomTab, ReactNode>> = {
  problems: <Problems />,
  checklist: <Checklist />,
  generated: <Generated />,
};

/** Problems, checklist and generated files; closes down to its tabs. */
export function BottomPanel() {
  const tab = useApp((state) => state.bottomTab);
  const open = useApp((state) => state.bottomOpen);
  const showBottom = useApp((state) => state.showBottom);
  const setOpen = useApp((state) => state.setBottomOpen);
  const counts: Record<BottomTab, number | undefined> = {
    problems: useApp((state) => state.shown?.issues.length ?? 0),
    checklist: undefined,
    generated: useApp(({ generation }) => ('changes' in generation ? generation.changes.length : undefined)),
  };
  const panel = useBottomPanel();
  useEffect(() => (open ? panel.current?.expand() : panel.current?.collapse()), [open, panel]);
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <div className={styles.tabs} role="tablist" aria-label="Bottom panel">
          {tabs.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              role="tab"
              aria-selected={tab === id}
              onClick={() => showBottom(id)}
            >
              {title}
              {counts[id] !== undefined && <b>{counts[id]}</b>}
            </button>
          ))}
        </div>
        <Tooltip label={open ? 'Close the panel' : 'Open the panel'}>
          <ActionIcon
            className={styles.collapse}
            variant="subtle"
            color="gray"
            size={26}
            aria-label={open ? 'Close the panel' : 'Open the panel'}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
          </ActionIcon>
        </Tooltip>
      </div>
      {open && <div className={styles.content}>{views[tab]}</div>}
    </div>
  );
}
