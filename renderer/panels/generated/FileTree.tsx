import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { GenerateChange } from '../../../core/contract/ipc.ts';
import { moveFocus } from '../roving.ts';
import { fileStates, stateOf } from './fileState.ts';
import styles from './Generated.module.css';
import { type Row, rowsOf } from './tree.ts';

interface FileTreeProps {
  readonly changes: readonly GenerateChange[];
  readonly chosen: string | undefined;
  readonly choose: (path: string) => void;
}

/** Folders are open at first where there are few files. */
const FEW = 14;

/** The files by folder, each with the letter of its state. */
export function FileTree({ changes, chosen, choose }: FileTreeProps) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isFew = changes.length <= FEW;
  const rows = useMemo(
    () => rowsOf(changes, (path) => toggled.get(path) ?? (isFew || chosen?.startsWith(`${path}/`) === true)),
    [changes, toggled, isFew, chosen],
  );
  const toggle = (path: string, isOpen: boolean): void => setToggled(new Map([...toggled, [path, isOpen]]));
  const current = rows.some(({ path }) => path === chosen) ? chosen : rows[0]?.path;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const path = (event.target as HTMLElement).dataset['path'];
    const row = rows.find((one) => one.path === path);
    if (row && !row.change && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      event.preventDefault();
      toggle(row.path, event.key === 'ArrowRight');
    } else moveFocus(event);
  };

  return (
    <div className={styles.files} role="tree" aria-label="Files" onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <FileRow
          key={row.path}
          row={row}
          isChosen={row.path === chosen}
          isTabStop={row.path === current}
          onPick={() => (row.change ? choose(row.path) : toggle(row.path, !row.isOpen))}
        />
      ))}
    </div>
  );
}

interface FileRowProps {
  readonly row: Row;
  readonly isChosen: boolean;
  readonly isTabStop: boolean;
  readonly onPick: () => void;
}

function FileRow({ row, isChosen, isTabStop, onPick }: FileRowProps) {
  const { path, name, depth, change, isOpen, touched } = row;
  const state = change && stateOf(change);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <button
      type="button"
      className={styles.file}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={change ? undefined : isOpen}
      aria-selected={isChosen}
      aria-label={state ? `${name}, ${fileStates[state].words}` : name}
      data-roving
      data-path={path}
      data-state={state}
      tabIndex={isTabStop ? 0 : -1}
      style={{ paddingLeft: 8 + depth * 14 }}
      title={state ? `${path}: ${fileStates[state].words}` : path}
      onClick={onPick}
    >
      {change ? <i className={styles.space} /> : <Chevron size={14} />}
      <span>{name}</span>
      {state ? (
        <b aria-hidden>{fileStates[state].letter}</b>
      ) : (
        touched > 0 && !isOpen && <b className={styles.count}>{touched}</b>
      )}
    </button>
  );
}
