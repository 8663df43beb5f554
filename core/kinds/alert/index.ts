import { duration, oneOf, ref, shaped, text } from '../attribute.ts';
import { either, number } from '../form.ts';
import { defineKind } from '../kind.ts';
import { durationText, rateText } from '../values.ts';

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
      doc: 'What is measured: messages that wait, records that a group has still to read, age of the oldest, dead letters, messages that no binding matched, age of the last record read (Kinesis), entries that are delivered but not acknowledged (Redis).',
      valueBrokers: { unroutable: ['rabbitmq'], 'iterator-age': ['kinesis'], pel: ['redis'] },
    }),
    kind: oneOf(['level', 'derivative', 'timeToRetention'], {
      group: 'Alert',
      doc: 'Whether the value, its growth, or the time until data is lost is compared.',
      default: { value: 'level', why: 'the usual case' },
    }),
    threshold: shaped(
      either(number, durationText, rateText),
      {
        group: 'Alert',
        form: 'number, duration or rate',
        doc: 'Value beyond which the alert fires.',
        default: { value: 'computed', why: 'from rate, retention and the longest outage' },
      },
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
