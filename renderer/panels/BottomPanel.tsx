import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useBottomPanel } from '../shell/bottom.ts';
import type { BottomTab } from '../store/state/view.ts';
import { useApp } from '../store/store.ts';
import styles from './BottomPanel.module.css';
import { Checklist } from './checklist/Checklist.tsx';
import { Contracts } from './contracts/Contracts.tsx';
import { Generated } from './generated/Generated.tsx';
import { History } from './history/History.tsx';
import { Problems } from './problems/Problems.tsx';

const tabs: readonly { readonly id: BottomTab; readonly title: string }[] = [
  { id: 'problems', title: 'Problems' },
  { id: 'checklist', title: 'Checklist' },
  { id: 'contracts', title: 'Contracts' },
  { id: 'generated', title: 'Generated' },
  { id: 'history', title: 'History' },
];

const views: Readonly<Record<BottomTab, ReactNode>> = {
  problems: <Problems />,
  checklist: <Checklist />,
  contracts: <Contracts />,
  generated: <Generated />,
  history: <History />,
};

/** Tabs that hold an editor, and the least height that it needs, in px. */
const tall: ReadonlySet<BottomTab> = new Set(['contracts', 'generated']);
const TALL = 340;

/** Problems, checklist, message contracts, generated files and history; closes down to its tabs. */
export function BottomPanel() {
  const tab = useApp((state) => state.bottomTab);
  const open = useApp((state) => state.bottomOpen);
  const showBottom = useApp((state) => state.showBottom);
  const counts: Record<BottomTab, number | undefined> = {
    problems: useApp(({ shown }) => (shown?.awaited ? undefined : (shown?.issues.length ?? 0))),
    checklist: undefined,
    contracts: useApp((state) => state.shown?.graph?.design.messages.size),
    generated: useApp(({ generation }) => ('changes' in generation ? generation.changes.length : undefined)),
    history: undefined,
  };
  const panel = useBottomPanel();
  useEffect(() => (open ? panel.current?.expand() : panel.current?.collapse()), [open, panel]);
  useEffect(() => {
    if (open && tall.has(tab) && (panel.current?.getSize().inPixels ?? TALL) < TALL)
      panel.current?.resize(TALL);
  }, [open, tab, panel]);
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
        <Size />
      </div>
      {open && <div className={styles.content}>{views[tab]}</div>}
    </div>
  );
}

/** Share of the height, in percent, from which the panel counts as enlarged. */
const LARGE = 70;

/** Buttons that give the panel nearly all of the height, or none. */
function Size() {
  const open = useApp((state) => state.bottomOpen);
  const setOpen = useApp((state) => state.setBottomOpen);
  const panel = useBottomPanel();
  const enlarge = (): void => {
    const isLarge = (panel.current?.getSize().asPercentage ?? 0) > LARGE;
    panel.current?.resize(isLarge ? TALL : '100%');
  };
  const toggle = open ? 'Close the panel' : 'Open the panel';
  return (
    <div className={styles.size}>
      {open && (
        <Tooltip label="Enlarge the panel, or back">
          <ActionIcon
            variant="subtle"
            color="gray"
            size={26}
            aria-label="Enlarge the panel, or back"
            onClick={enlarge}
          >
            <IconArrowsDiagonal size={15} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={toggle}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={26}
          aria-label={toggle}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={16} /> : <IconChevronUp size={16} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
