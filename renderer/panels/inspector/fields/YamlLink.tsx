import { Button } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { parseAddress } from '../../../../core/design/design.ts';
import type { ContractTab } from '../../../store/state/view.ts';
import { useApp, useAppStore } from '../../../store/store.ts';
import styles from './Field.module.css';
import type { ControlProps } from './types.ts';

/** Attributes of a message that the panel of contracts shows. */
const contractTabs: Readonly<Record<string, ContractTab>> = {
  schema: 'schema',
  examples: 'examples',
  versions: 'versions',
};

/** The part of the panel of contracts where an attribute of a message is edited. */
export const contractTabOf = ({ address, path }: Pick<ControlProps, 'address' | 'path'>) =>
  address.startsWith('messages/') && path.length === 1 ? contractTabs[String(path[0])] : undefined;

/** Leads to where values are edited that a form would only make harder to read: the YAML, or the contract of a message. */
export function YamlLink({
  address,
  path,
  text = 'Write in YAML',
  id,
}: Pick<ControlProps, 'address' | 'path' | 'id'> & { readonly text?: string }) {
  const store = useAppStore();
  const yamlOpen = useApp((state) => state.yamlOpen);
  const tab = contractTabOf({ address, path });
  const show = (): void => {
    const app = store.getState();
    if (tab) {
      app.showContract(tab);
      return;
    }
    const parsed = address === 'design' ? undefined : parseAddress(address);
    const full = parsed ? [parsed.section, parsed.id, ...path] : ['design', ...path];
    const position = app.shown?.lastValid?.source?.locate(full);
    if (!yamlOpen) app.toggleYaml();
    app.revealLine(position?.line, position?.column);
  };
  return (
    <Button
      id={id}
      className={styles.yaml}
      variant="default"
      rightSection={<IconArrowUpRight size={14} />}
      onClick={show}
    >
      {tab ? 'Open contract' : text}
    </Button>
  );
}
