import { Button } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useApp } from '../../store/store.ts';
import panel from '../BottomPanel.module.css';
import type { ContractFacts } from './facts.ts';
import { ValueEditor } from './ValueEditor.tsx';

/** The JSON Schema of the version that is sent. */
export function SchemaTab({ facts: { id, message } }: { readonly facts: ContractFacts }) {
  const run = useApp((state) => state.run);
  const valid = useApp((state) => state.shown?.valid === true);
  if (message.schema !== undefined)
    return <ValueEditor key={id} message={id} field="schema" value={message.schema} />;
  return (
    <div className={panel.empty}>
      <IconBraces size={20} />
      <span>Without a schema every body is accepted, and fails in the consumers.</span>
      <Button
        variant="default"
        disabled={!valid}
        onClick={() => run('message.set', { message: id, field: 'schema', value: { type: 'object' } })}
      >
        Demand an object
      </Button>
    </div>
  );
}
