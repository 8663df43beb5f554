import { shaped, text } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { dateText } from '../values.ts';

export const waiver = defineKind({
  id: 'waiver',
  section: 'waivers',
  title: 'Waiver',
  doc: 'States that a finding is accepted: by whom, why and until when.',
  drawn: 'none',
  attributes: {
    rule: text({
      required: true,
      group: 'Waiver',
      form: 'id of a rule',
      doc: 'Rule whose finding is accepted.',
    }),
    target: text({
      group: 'Waiver',
      form: 'element address',
      doc: 'Element address such as `queues/email`; missing = the whole design.',
    }),
    reason: text({ required: true, group: 'Waiver', doc: 'Why it is accepted.' }),
    owner: text({ group: 'Waiver', doc: 'Who accepted it.' }),
    until: shaped(
      dateText,
      { group: 'Waiver', form: 'date, YYYY-MM-DD', doc: 'Last day on which it holds.' },
      { type: 'text' },
    ),
  },
});
