import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useAction } from '../../actions/useAction.ts';
import { useApp } from '../../store/store.ts';
import panel from '../BottomPanel.module.css';
import { useGrowing } from '../useGrowing.ts';
import { FixAll } from './FixAll.tsx';
import { ProblemRow } from './ProblemRow.tsx';
import styles from './Problems.module.css';
import { ReviewedBy } from './ReviewedBy.tsx';
import { UnknownRow } from './UnknownRow.tsx';

/** What the review found, worst first. */
export function Problems() {
  const issues = useApp((state) => state.shown?.issues);
  const unknowns = useApp((state) => state.shown?.unknowns) ?? [];
  const generate = useAction('generate');
  const current = useApp((state) => state.issue);
  const at = useMemo(() => issues?.findIndex(({ key }) => key === current) ?? -1, [issues, current]);
  const [count, end] = useGrowing(issues?.length ?? 0, at + 1);
  const awaited = useApp((state) => state.shown?.awaited);
  if (!issues) return null;
  if (awaited)
    return (
      <p className={panel.empty} role="status">
        Reviewing the design…
      </p>
    );
  if (issues.length === 0 && unknowns.length === 0) {
    return (
      <div className={panel.empty}>
        <IconCircleCheck size={20} color="var(--ok)" />
        <span>The review finds nothing to correct. The services can be generated.</span>
        <ReviewedBy />
        <Button variant="default" disabled={!generate.enabled} onClick={generate.run}>
          Generate…
        </Button>
      </div>
    );
  }
  return (
    <>
      <FixAll />
      <ul className={styles.list} aria-label="Problems">
        {issues.slice(0, count).map((issue) => (
          <ProblemRow key={issue.key} issue={issue} />
        ))}
        {count < issues.length && <li ref={end} className={styles.end} />}
        {count === issues.length &&
          unknowns.map((unknown) => <UnknownRow key={unknown.attribute} unknown={unknown} />)}
      </ul>
      <ReviewedBy />
    </>
  );
}
