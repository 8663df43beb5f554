import { ActionIcon, Button, HoverCard } from '@mantine/core';
import { IconBook } from '@tabler/icons-react';
import { isRuleId } from '../../../core/review/catalogue.ts';
import { fixIssue, showIssue } from '../../actions/problems.ts';
import { cx } from '../../cx.ts';
import type { Issue } from '../../store/issues.ts';
import { useApp, useAppStore } from '../../store/store.ts';
import { SeverityIcon } from '../SeverityIcon.tsx';
import { FixPreview } from './FixPreview.tsx';
import styles from './Problems.module.css';

/** One finding: what is wrong, what it leads to, where, and the button that corrects it. */
export function ProblemRow({ issue }: { readonly issue: Issue }) {
  const store = useAppStore();
  const current = useApp((state) => state.issue === issue.key);
  return (
    <li className={cx(styles.row, current && styles.current)} data-rule={issue.rule}>
      <span className={styles.icon}>
        <SeverityIcon severity={issue.severity} />
      </span>
      <button type="button" className={styles.text} onClick={() => showIssue(store.getState(), issue)}>
        {issue.message}
        <span className={styles.detail} title={issue.detail}>
          <span className={styles.rule}>{issue.rule}</span>
          {issue.detail}
        </span>
      </button>
      <span className={styles.line}>
        {issue.line === undefined ? '' : `line ${issue.line}`}
        {isRuleId(issue.rule) && (
          <ActionIcon
            variant="subtle"
            c="var(--dim)"
            color="gray"
            size={24}
            aria-label={`Explain ${issue.rule}`}
            onClick={() => store.getState().explain(issue.rule)}
          >
            <IconBook size={15} />
          </ActionIcon>
        )}
      </span>
      {issue.fix ? (
        <HoverCard openDelay={350} position="top-end" withinPortal shadow="md" width={420}>
          <HoverCard.Target>
            <Button variant="default" onClick={() => fixIssue(store.getState(), issue)}>
              {issue.fix.label}
            </Button>
          </HoverCard.Target>
          <HoverCard.Dropdown p={0} className={styles.preview}>
            <FixPreview fix={issue.fix} />
          </HoverCard.Dropdown>
        </HoverCard>
      ) : (
        <span />
      )}
    </li>
  );
}
