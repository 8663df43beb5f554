import type { MessageTemplates, Reported, RuleMeta } from './rule.ts';

/** A rule that the runner itself carries out, since it looks at the document or at other findings. */
interface BuiltIn {
  readonly meta: RuleMeta;
  readonly messages: MessageTemplates;
}

/** The rules of the runner: what reading the file noticed, and waivers that need attention. */
export const builtIns = {
  'document/attribute-not-for-broker': {
    meta: {
      severity: 'warn',
      brokers: 'all',
      fix: 'none',
      title: 'Attributes mean something on their broker',
      docs: {
        what: 'An element has an attribute, or a value of one, that the broker it is on does not know. It is kept in the file and has no effect. Where an element has to do with several brokers, one of them is enough.',
        why: 'Whoever wrote `deliveryLimit: 20` at an SQS queue relies on a limit that nothing enforces: a poisoned message comes back for ever.',
      },
      sources: [],
    },
    messages: {
      notice: {
        message: '{text}',
        consequence: 'It has no effect, whatever it was meant to protect.',
      },
    },
  },
  'document/unknown-reference': {
    meta: {
      severity: 'error',
      brokers: 'all',
      fix: 'none',
      title: 'References lead somewhere',
      docs: {
        what: 'An attribute names a broker, service, message, channel or policy that the design does not hold.',
        why: 'Nothing can be generated or judged behind a dangling reference: the queue that a consumer was meant to read does not exist.',
      },
      sources: [],
    },
    messages: {
      notice: {
        message: '{text}',
        consequence: 'What stands behind the name is neither generated nor reviewed.',
      },
    },
  },
  'document/unknown-key': {
    meta: {
      severity: 'warn',
      brokers: 'all',
      fix: 'none',
      title: 'Attributes are known',
      docs: {
        what: 'An element has a key that is none of its attributes. The key is kept in the file and has no effect.',
        why: 'A misspelt attribute silently leaves the default in force: `deadletter: true` protects nothing.',
      },
      sources: [],
    },
    messages: {
      notice: {
        message: '{text}',
        consequence: 'The default is in force, whatever the key was meant to change.',
      },
    },
  },
  'document/password-in-url': {
    meta: {
      severity: 'warn',
      brokers: 'all',
      fix: 'none',
      title: 'Passwords are not in the design',
      docs: {
        what: 'A text of the design holds a URL with a password, `scheme://user:password@host`. It is shown as `***` in findings, previews and generated files; the design itself still holds it.',
        why: 'A design is committed, reviewed and sent around. A password in it is known to everybody with the repository, for as long as its history is kept.',
      },
      sources: ['https://owasp.org/www-community/vulnerabilities/Use_of_hard-coded_password'],
    },
    messages: {
      notice: {
        message: '{text}',
        consequence:
          'Whoever can read the repository can connect. Change the password, and keep the new one in the environment.',
      },
    },
  },
  'document/mixed-scripts': {
    meta: {
      severity: 'warn',
      brokers: 'all',
      fix: 'none',
      title: 'Names use one script',
      docs: {
        what: 'A word in a name on the broker, a consumer group or a routing key mixes Latin letters with Cyrillic or Greek ones, many of which look the same.',
        why: 'A routing key with a Cyrillic o matches no binding with a Latin one: the message is dropped, and everybody who compares the two on the screen sees that they are equal.',
      },
      sources: ['https://www.unicode.org/reports/tr39/'],
    },
    messages: {
      notice: {
        message: '{text}',
        consequence:
          'It is another name than the one that it looks like; messages go to neither of the two as expected.',
      },
    },
  },
  'waiver/unused': {
    meta: {
      severity: 'warn',
      brokers: 'all',
      fix: 'suggest',
      title: 'Waivers waive something',
      docs: {
        what: 'A waiver matches no finding: the problem has been repaired, the element is gone, or the rule or target is misspelt.',
        why: 'A waiver that is left behind hides the next finding of the same rule on the same element, which nobody has accepted.',
      },
      sources: [],
    },
    messages: {
      unused: {
        message: 'Waiver {id} accepts {rule} on {where}, where the rule finds nothing.',
        consequence: 'It would hide the next finding there, which nobody has looked at.',
      },
      'unknown-rule': {
        message: 'Waiver {id} names rule {rule}, which does not exist{hint}',
        consequence: 'It accepts nothing.',
      },
    },
  },
  'waiver/expired': {
    meta: {
      severity: 'warn',
      brokers: 'all',
      fix: 'none',
      title: 'Waivers are in force',
      docs: {
        what: 'The last day of a waiver has passed while the finding it accepted is still there. The finding counts again.',
        why: 'An accepted risk was meant to end on that day; extending it is a decision that somebody must take and sign.',
      },
      sources: [],
    },
    messages: {
      expired: {
        message: 'Waiver {id} of {rule} ended on {until}, and its finding is still there.',
        consequence: 'The risk was accepted until that day; it now counts again.',
      },
    },
  },
} as const satisfies Readonly<Record<string, BuiltIn>>;

export type BuiltInId = keyof typeof builtIns;

/** A finding of the runner itself. */
export interface BuiltInReport extends Reported {
  readonly ruleId: BuiltInId;
}
