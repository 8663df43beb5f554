import { Button, HoverCard } from '@mantine/core';
import { useMemo } from 'react';
import { safeFixes } from '../../actions/problems.ts';
import { useAction } from '../../actions/useAction.ts';
import { useApp } from '../../store/store.ts';
import { DiffView } from '../generated/DiffView.tsx';
import { changedLines } from './FixPreview.tsx';
import styles from './Problems.module.css';

/** Applies all fixes that need no decision, with a preview of what they change. */
export function FixAll() {
  const shown = useApp((state) => state.shown);
  const fixAll = useAction('problems.fixAll');
  const count = shown?.issues.filter(({ fix }) => fix?.safe).length ?? 0;
  if (count === 0) return null;
  return (
    <div className={styles.all}>
      <span>
        {count === 1 ? 'One problem has a fix' : `${count} problems have fixes`} that need no decision.
      </span>
      <HoverCard openDelay={350} position="top-end" withinPortal shadow="md" width={480}>
        <HoverCard.Target>
          <Button variant="default" disabled={!fixAll.enabled} onClick={fixAll.run}>
            {fixAll.label}
          </Button>
        </HoverCard.Target>
        <HoverCard.Dropdown p={0} className={styles.preview}>
          <Preview />
        </HoverCard.Dropdown>
      </HoverCard>
    </div>
  );
}

/** Worked out when it is shown: the fixes are carried out on the side. */
function Preview() {
  const shown = useApp((state) => state.shown);
  const lines = useMemo(() => {
    const fixed = shown && safeFixes(shown);
    return fixed ? changedLines(shown.text, fixed.text) : [];
  }, [shown]);
  return <DiffView lines={lines} />;
}
