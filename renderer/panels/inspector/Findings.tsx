import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ElementAddress } from '../../../core/design/design.ts';
import { fixIssue } from '../../actions/problems.ts';
import type { Issue } from '../../store/issues.ts';
import { useApp, useAppStore } from '../../store/store.ts';
import { SeverityIcon } from '../SeverityIcon.tsx';
import styles from './Inspector.module.css';

/** As many stand above the properties without pushing them out of view. */
const FEW = 3;

/** What the review says about one element: the worst of it, and all on request or when one of the others is looked at. */
export function Findings({ address }: { readonly address: ElementAddress }) {
  const issues = useApp((state) => state.shown?.issues);
  const current = useApp((state) => state.issue);
  const [wanted, setWanted] = useState<ElementAddress>();
  const found = issues?.filter(({ element }) => element === address) ?? [];
  const isFolded =
    wanted !== address && found.length > FEW + 1 && found.findIndex(({ key }) => key === current) < FEW;
  return (
    <>
      {(isFolded ? found.slice(0, FEW) : found).map((issue) => (
        <Finding key={issue.key} issue={issue} />
      ))}
      {isFolded && (
        <Button className={styles.more} variant="default" onClick={() => setWanted(address)}>
          {found.length - FEW} more problems
        </Button>
      )}
    </>
  );
}

function Finding({ issue }: { readonly issue: Issue }) {
  const store = useAppStore();
  const { severity, message, fix } = issue;
  return (
    <div className={styles.finding} data-severity={severity}>
      <SeverityIcon severity={severity} />
      <div>
        {message}
        {fix && (
          <div>
            <Button
              variant="default"
              h="auto"
              mih={28}
              py={5}
              onClick={() => fixIssue(store.getState(), issue)}
            >
              {fix.label}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
