import { Tabs } from '@mantine/core';
import { useApp } from '../../store/store.ts';
import panel from '../BottomPanel.module.css';
import styles from './Checklist.module.css';
import { EvidenceView } from './EvidenceView.tsx';
import { StateIcon, stateLabel } from './StateIcon.tsx';
import { useChecklist } from './useChecklist.ts';

/** The questions of a design review on the left, what the answer to the chosen one follows from on the right. */
export function Checklist() {
  const checklist = useChecklist();
  const chosen = useApp((state) => state.question);
  const choose = useApp((state) => state.chooseQuestion);
  const awaited = useApp((state) => state.shown?.awaited);
  if (!checklist)
    return (
      <p className={panel.empty} role="status">
        {awaited
          ? 'Reviewing the design…'
          : 'Once the text is a valid design, the questions are answered here.'}
      </p>
    );
  const current = chosen ?? worst(checklist.answers) ?? '';
  return (
    <Tabs
      orientation="vertical"
      value={current}
      onChange={(id) => choose(id ?? undefined)}
      keepMounted={false}
      classNames={{
        root: styles.checklist,
        list: styles.questions,
        tab: styles.question,
        tabLabel: styles.label,
        tabSection: styles.mark,
        panel: styles.evidence,
      }}
    >
      <Tabs.List aria-label="Questions">
        {checklist.answers.map(({ number, question, state }) => (
          <Tabs.Tab
            key={question.id}
            value={question.id}
            data-state={state}
            leftSection={<StateIcon state={state} />}
          >
            <span className={styles.number}>{number}</span>
            <span>{question.title}</span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {checklist.answers.map((answer) => (
        <Tabs.Panel key={answer.question.id} value={answer.question.id}>
          <h3 className={styles.title}>
            {answer.question.title} <span data-state={answer.state}>{stateLabel(answer.state)}</span>
          </h3>
          <EvidenceView answer={answer} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

/** The first question that somebody has to look at. */
function worst(answers: NonNullable<ReturnType<typeof useChecklist>>['answers']): string | undefined {
  const order = ['fail', 'unknown', 'warn'] as const;
  for (const state of order) {
    const found = answers.find((answer) => answer.state === state);
    if (found) return found.question.id;
  }
  return answers[0]?.question.id;
}
