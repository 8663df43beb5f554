import { Button } from '@mantine/core';
import { IconFileCode } from '@tabler/icons-react';
import { useAction } from '../../actions/useAction.ts';
import { useApp } from '../../store/store.ts';
import panel from '../BottomPanel.module.css';
import { ChangeList } from './ChangeList.tsx';

/** The files of the last preview or write, with what changed in each. */
export function Generated() {
  const generation = useApp((state) => state.generation);
  const generate = useAction('generate');
  if ('changes' in generation) return <ChangeList changes={generation.changes} />;
  return (
    <div className={panel.empty}>
      <IconFileCode size={20} />
      <span>Nothing was generated yet. Choose a folder to see what would be written to it.</span>
      <Button variant="default" disabled={!generate.enabled} onClick={generate.run}>
        Generate…
      </Button>
    </div>
  );
}
