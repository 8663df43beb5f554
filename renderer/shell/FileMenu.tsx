import { Kbd, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ActionId } from '../actions/registry.ts';
import { useAction } from '../actions/useAction.ts';
import { Logo } from './Logo.tsx';
import styles from './TopBar.module.css';

/** What the menu of the desktop window has under File, for the web app too. */
export function FileMenu() {
  return (
    <Menu withinPortal={false} position="bottom-start" width={260} transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <button type="button" className={styles.fileMenu} aria-label="File">
          <Logo className={styles.logo} />
          <IconChevronDown size={13} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Item id="file.new" />
        <Item id="file.templates" />
        <Item id="file.open" />
        <Menu.Divider role="separator" />
        <Item id="file.save" />
        <Item id="file.saveAs" />
        <Menu.Divider role="separator" />
        <Item id="export.svg" />
        <Item id="export.png" />
        <Item id="export.mermaid" />
        <Item id="export.markdown" />
        <Menu.Divider role="separator" />
        <Item id="view.shortcuts" />
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ id }: { readonly id: ActionId }) {
  const { label, keys, enabled, run } = useAction(id);
  return (
    <Menu.Item disabled={!enabled} rightSection={keys && <Kbd aria-hidden>{keys}</Kbd>} onClick={run}>
      {label}
    </Menu.Item>
  );
}
