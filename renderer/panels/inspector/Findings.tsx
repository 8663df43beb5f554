import { Button } from '@mantine/core';
import type { ElementAddress } from '../../../core/design/design.ts';
import { fixIssue } from '../../actions/problems.ts';
import { useApp, useAppStore } from '../../store/store.ts';
import styles from './Inspector.module.css';

/** What the review says about one element. */
export function Findings({ address }: { readonly address: ElementAddress }) {
  const issues = useApp((state) => state.shown?.issues);
  const store = useAppStore();
  return issues
    ?.filter((issue) => issue.element === address)
    .map((issue) => (
      <div key={issue.key} className={styles.finding} data-severity={issue.severity}>
        {issue.message}
        {issue.fix && (
          <div>
            <Button
              variant="default"
              h="auto"
              mih={28}
              py={5}
              onClick={() => fixIssue(store.getState(), issue)}
            >
              {issue.fix.label}
            </Button>
          </div>
        )}
      </div>
    ));
}
