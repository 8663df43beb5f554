import { z } from '../../zod.ts';
import { duration, durationText, oneOf, rateText, ref, shaped, text } from '../attribute.ts';
import { defineKind } from '../kind.ts';

export const alert = defineKind({
  id: 'alert',
  section: 'alerts',
  title: 'Alert',
  doc: 'A condition on a channel that somebody is told about.',
  drawn: 'none',
  attributes: {
    target: ref('channels', { required: true, group: 'Alert', doc: 'Channel that is watched.' }),
    metric: oneOf(['depth', 'lag', 'age', 'dlq-depth', 'unroutable', 'iterator-age', 'pel'], {
      required: true,
      group: 'Alert',
      doc: 'What is measured.',
    }),
    kind: oneOf(['level', 'derivative', 'timeToRetention'], {
      group: 'Alert',
      doc: 'Whether the value, its growth, or the time until data is lost is compared.',
      default: { value: 'level', why: 'the usual case' },
    }),
    threshold: shaped(
      z.union([z.number(), durationText, rateText]),
      { group: 'Alert', doc: 'Value beyond which the alert fires.' },
      { type: 'text' },
    ),
    for: duration({
      group: 'Alert',
      doc: 'How long the condition must hold.',
      default: { value: '5m', why: 'short peaks are normal' },
    }),
    owner: text({ group: 'Alert', doc: 'Team that is told.' }),
    runbook: text({ group: 'Alert', doc: 'Where the procedure is written.' }),
  },
});
