import { Button } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { parseAddress } from '../../../../core/design/design.ts';
import { useApp, useAppStore } from '../../../store/store.ts';
import styles from './Field.module.css';
import type { ControlProps } from './types.ts';

/** Leads to the place in the YAML, for values that a form would only make harder to read. */
export function YamlLink({
  address,
  path,
  text,
  id,
}: Pick<ControlProps, 'address' | 'path' | 'id'> & { readonly text: string }) {
  const store = useAppStore();
  const yamlOpen = useApp((state) => state.yamlOpen);
  const show = (): void => {
    const app = store.getState();
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
      {text}
    </Button>
  );
}
