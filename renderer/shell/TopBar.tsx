import { ActionIcon, Button, Kbd, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ActionId } from '../actions/registry.ts';
import { useAction } from '../actions/useAction.ts';
import { useApp } from '../store/store.ts';
import { ThemeMenu } from '../theme/ThemeMenu.tsx';
import { ChecklistPill } from './ChecklistPill.tsx';
import { CountsPill } from './CountsPill.tsx';
import { FileMenu } from './FileMenu.tsx';
import styles from './TopBar.module.css';

/** File and its state, the actions that are always at hand, and the one primary action. */
export function TopBar() {
  const file = useApp((state) => state.file);
  const dirty = useApp((state) => state.dirty);
  const yamlOpen = useApp((state) => state.yamlOpen);
  const search = useAction('view.commands');
  const yaml = useAction('view.yaml');
  const generate = useAction('generate');
  return (
    <header className={styles.bar}>
      <FileMenu />
      <div className={styles.file}>
        <h1
          className={styles.name}
          title={file ? `${file.name}${file.folder && ` in ${file.folder}`}` : 'Brokerloom'}
        >
          {file?.name ?? 'Brokerloom'}
        </h1>
        {file && (
          <span className={styles.state} data-testid="file-state">
            {dirty ? '● edited' : file.hash === null ? 'not saved yet' : 'saved'}
          </span>
        )}
      </div>
      <IconAction id="edit.undo" icon={<IconArrowBackUp size={16} />} />
      <IconAction id="edit.redo" icon={<IconArrowForwardUp size={16} />} />
      <button type="button" className={styles.search} onClick={search.run}>
        <IconSearch size={14} />
        <span>Search elements and commands</span>
        <Kbd>{search.keys}</Kbd>
      </button>
      <CountsPill />
      <ChecklistPill />
      <Tooltip label={`${yaml.label} (${yaml.keys})`}>
        <Button
          variant={yamlOpen ? 'light' : 'default'}
          aria-pressed={yamlOpen}
          disabled={!yaml.enabled}
          onClick={yaml.run}
        >
          YAML
        </Button>
      </Tooltip>
      <ThemeMenu />
      <Tooltip label={`${generate.label} (${generate.keys})`}>
        <Button disabled={!generate.enabled} onClick={generate.run}>
          Generate…
        </Button>
      </Tooltip>
    </header>
  );
}

function IconAction({ id, icon }: { readonly id: ActionId; readonly icon: ReactNode }) {
  const action = useAction(id);
  return (
    <Tooltip label={`${action.label} (${action.keys})`}>
      <ActionIcon
        variant="default"
        size={28}
        aria-label={action.label}
        disabled={!action.enabled}
        onClick={action.run}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
