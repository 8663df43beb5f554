import type { Answer } from '../../../core/review/checklist/checklist.ts';
import { generated } from '../../../core/review/checklist/formats/format.ts';
import { keyOf } from '../../store/issues.ts';
import { useApp } from '../../store/store.ts';
import { ProblemRow } from '../problems/ProblemRow.tsx';
import problems from '../problems/Problems.module.css';
import { UnknownRow } from '../problems/UnknownRow.tsx';
import styles from './Checklist.module.css';
import { StateIcon } from './StateIcon.tsx';

/** Everything that an answer follows from: findings, what is not stated or waived, generated defaults, rules. */
export function EvidenceView({ answer }: { readonly answer: Answer }) {
  const { findings, waived, defaults, rules, off } = answer.evidence;
  if (answer.state === 'n/a')
    return <p className={styles.note}>The design holds nothing that this is about.</p>;
  return (
    <>
      <Flows answer={answer} />
      <Findings answer={answer} />
      {waived.length > 0 && (
        <ul className={styles.notes} aria-label="Waived">
          {waived.map(({ finding, waiver, reason, owner, until }) => (
            <li key={`${waiver} ${keyOf(finding)}`}>
              Waived{owner ? ` by ${owner}` : ''}
              {until ? ` until ${until}` : ''}: {finding.message} <i>{reason}</i>
            </li>
          ))}
        </ul>
      )}
      {defaults.length > 0 && (
        <ul className={styles.notes} aria-label="Generated defaults">
          {generated(defaults).map(({ text, why, elements }) => (
            <li key={text}>
              Generated for {elements} {elements === 1 ? 'element' : 'elements'}: <code>{text}</code> {why}
            </li>
          ))}
        </ul>
      )}
      {findings.length + answer.evidence.open.length === 0 && rules.length > 0 && (
        <p className={styles.note}>The rules find nothing.</p>
      )}
      <Rules title="Asked" ids={rules} />
      <Rules title="Turned off" ids={off} />
    </>
  );
}

function Findings({ answer: { evidence } }: { readonly answer: Answer }) {
  const issues = useApp((state) => state.shown?.issues) ?? [];
  const unknowns = useApp((state) => state.shown?.unknowns) ?? [];
  const keys = new Set(evidence.findings.map(keyOf));
  const attributes = new Set(evidence.open.map(({ attribute }) => attribute));
  if (keys.size + attributes.size === 0) return null;
  return (
    <ul className={problems.list} aria-label="Findings">
      {issues
        .filter(({ key }) => keys.has(key))
        .map((issue) => (
          <ProblemRow key={issue.key} issue={issue} />
        ))}
      {unknowns
        .filter(({ attribute }) => attributes.has(attribute))
        .map((unknown) => (
          <UnknownRow key={unknown.attribute} unknown={unknown} />
        ))}
    </ul>
  );
}

/** The answer for each flow, where they differ. */
function Flows({ answer: { flows, state } }: { readonly answer: Answer }) {
  const select = useApp((app) => app.select);
  if (flows.every((flow) => flow.state === state)) return null;
  return (
    <ul className={styles.flows} aria-label="Flows">
      {flows.map(({ flow, state: own }) => (
        <li key={flow}>
          <button type="button" onClick={() => select([`flows/${flow}`], 'panel')}>
            <StateIcon state={own} /> {flow}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Rules({ title, ids }: { readonly title: string; readonly ids: readonly string[] }) {
  const explain = useApp((state) => state.explain);
  if (ids.length === 0) return null;
  return (
    <p className={styles.note}>
      {title}:{' '}
      {ids.map((id) => (
        <button key={id} type="button" className={styles.rule} onClick={() => explain(id)}>
          {id}
        </button>
      ))}
    </p>
  );
}
