import {
  IconAlertTriangleFilled,
  IconCheck,
  IconHelp,
  IconMinus,
  IconShieldCheck,
  IconX,
} from '@tabler/icons-react';
import type { State } from '../../../core/review/checklist/checklist.ts';
import styles from './Checklist.module.css';

const icons = {
  fail: { label: 'Fail', Icon: IconX },
  unknown: { label: 'Unknown', Icon: IconHelp },
  warn: { label: 'Warning', Icon: IconAlertTriangleFilled },
  waived: { label: 'Waived', Icon: IconShieldCheck },
  pass: { label: 'Pass', Icon: IconCheck },
  'n/a': { label: 'Not applicable', Icon: IconMinus },
} as const satisfies Record<State, object>;

export const stateLabel = (state: State): string => icons[state].label;

/** The answer to a question by shape and colour. */
export function StateIcon({ state }: { readonly state: State }) {
  const { label, Icon } = icons[state];
  return (
    <span className={styles.state} data-state={state}>
      <Icon size={15} stroke={2.4} aria-label={label} />
    </span>
  );
}
