import { Button, Group, Loader } from '@mantine/core';
import type { GenerateState } from '../../store/state/generate.ts';

/** What is being done, and the way out of it. */
export const Working = ({ doing, cancel }: Extract<GenerateState, { step: 'working' }>) => (
  <Group gap={10}>
    <Loader size={16} />
    <span role="status">{doing}…</span>
    {cancel && (
      <Button variant="default" size="compact-sm" onClick={cancel}>
        Cancel
      </Button>
    )}
  </Group>
);
