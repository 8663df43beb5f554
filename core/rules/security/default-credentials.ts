import type { Broker } from '../../design/design.ts';
import type { BrokerKind } from '../../kinds/brokers.ts';
import { designAttributes } from '../../kinds/design/index.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import type { Patch } from '../../text/patch.ts';

/** How a client proves who it is by default where somebody has to set that up. AWS always asks for credentials. */
const MODES = { kafka: 'scram', rabbitmq: 'plain', redis: 'acl' } as const satisfies Partial<
  Record<BrokerKind, string>
>;

/** User names, and pairs of name and password, that brokers are delivered with. */
const DEFAULTS: ReadonlySet<string> = new Set([
  'guest',
  'guest/guest',
  'guest:guest',
  'admin',
  'admin/admin',
  'default',
]);

export const defaultCredentials = defineRule({
  id: 'security/default-credentials',
  meta: {
    severity: 'error',
    brokers: ['kafka', 'rabbitmq', 'redis'],
    fix: 'suggest',
    title: 'Brokers ask who is there',
    docs: {
      what: 'Outside of a local environment a Kafka, RabbitMQ or Redis broker needs authentication with a secret of its own: `auth.mode` other than `none`, and `auth.secretRef` that is no default such as `guest`. Where Kafka or Redis states no `auth`, the answer is unknown, since only its owner knows the listener; on RabbitMQ that passes, since generated users have generated secrets. `secretRef` is the name of a secret, never the secret.',
      why: 'Scanners find an open Redis or Kafka listener within the hour. Whoever reads the queue reads every order, and whoever may write can pay himself. The user `guest` is limited to loopback for that reason, until somebody lifts the limit to make staging work.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/access-control#default-state',
      'https://redis.io/docs/latest/operate/oss_and_stack/management/security/',
      'https://kafka.apache.org/documentation/#security_overview',
    ],
  },
  options: noOptions,
  messages: {
    open: {
      message: 'Broker {broker} lets anybody in (auth.mode: none) in environment {environment}.',
      consequence: 'Whoever reaches its port reads and writes every message.',
    },
    default: {
      message:
        'Broker {broker} uses {secret}, which every copy of it is delivered with, in environment {environment}.',
      consequence: 'Whoever reaches its port knows the password, and reads and writes every message.',
    },
    'no-secret': {
      message:
        'Broker {broker} authenticates by {mode} in environment {environment}, and no secret is named (auth.secretRef).',
      consequence: 'Services fall back to the default user, or to a password in the code.',
    },
  },
  needs: ['brokers.auth'],
  each: {
    brokers({ design, report, unknown, passByDefault }, { id, value }) {
      const { environment = designAttributes.environment.default.value } = design.design;
      const standard = MODES[value.kind as keyof typeof MODES];
      if (environment === 'local' || standard === undefined) return;
      const at = `brokers/${id}` as const;
      const { mode, secretRef } = value.auth ?? {};
      const data = { broker: id, environment };
      const fix = secured(id, value, standard);
      if (mode === undefined && secretRef === undefined) {
        if (value.kind === 'rabbitmq') passByDefault({ at, attribute: 'brokers.auth.mode' });
        else unknown({ at, attribute: 'brokers.auth' });
      } else if (mode !== undefined && /^(?:none|plaintext)$/i.test(mode)) {
        report({ at, field: 'auth.mode', messageId: 'open', data, fix });
      } else if (secretRef === undefined) {
        report({ at, field: 'auth', messageId: 'no-secret', data: { ...data, mode: mode ?? '' }, fix });
      } else if (secretRef === '' || DEFAULTS.has(secretRef.toLowerCase())) {
        report({
          at,
          field: 'auth.secretRef',
          messageId: 'default',
          data: { ...data, secret: secretRef || 'an empty password' },
          fix,
        });
      }
    },
  },
});

function secured(id: string, { auth }: Broker, standard: string) {
  const isOpen = auth?.mode === undefined || /^(?:none|plaintext)$/i.test(auth.mode);
  const isDefault = !auth?.secretRef || DEFAULTS.has(auth.secretRef.toLowerCase());
  const patches: readonly Patch[] = [
    ...(isOpen ? [set(id, 'mode', standard)] : []),
    ...(isDefault ? [set(id, 'secretRef', `${id}-credentials`)] : []),
  ];
  return { label: `Take the credentials from secret ${id}-credentials`, patches: () => patches };
}

const set = (id: string, field: string, value: string): Patch => ({
  op: 'set',
  path: ['brokers', id, 'auth', field],
  value,
});
