import type { IdempotencyShape } from '../../kinds/shared.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { instancesOf } from '../../review/support/instances.ts';
import { concurrencyOf } from '../../review/support/load.ts';
import { fieldOf, policySite } from '../../review/support/policies.ts';
import type { Patch } from '../../text/patch.ts';

export const checkThenActRace = defineRule({
  id: 'idempotency/check-then-act-race',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'suggest',
    title: 'The key is claimed in one step',
    docs: {
      what: 'Where several handlers may hold the same message (instances × concurrency above one), an idempotency policy must claim the key in one step: a unique constraint, a conditional write, or the transaction of the effect. `atomicity: none` looks the key up, acts, and saves it afterwards. A missing value passes, since the generated consumer claims by a conditional write.',
      why: 'A message that is delivered twice within a second, which is when most duplicates come, finds no key both times: both handlers look, both act, and the customer is charged twice although the code says that it cannot happen.',
    },
    sources: [
      'https://redis.io/docs/latest/commands/set/',
      'https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT',
    ],
  },
  options: noOptions,
  messages: {
    race: {
      message:
        'Consumer {consumer} looks its key up before it acts and saves it afterwards, with up to {handlers} handlers at once.',
      consequence:
        'Two deliveries of one message that arrive together both find no key, and the effect is carried out twice.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, design, report, passByDefault }, consumer) {
      const written = consumer.value.idempotency as string | IdempotencyShape | undefined;
      const owner = { section: 'consumers', id: consumer.id } as const;
      const site = policySite<IdempotencyShape>(owner, 'idempotency', written, design.idempotencyPolicies);
      const { strategy, atomicity } = site?.shape ?? {};
      if (!site || strategy === undefined || strategy === 'none' || strategy === 'natural') return;
      if (atomicity === undefined) passByDefault({ at: site.at, attribute: 'idempotencyPolicies.atomicity' });
      const handlers = instancesOf(graph, consumer) * concurrencyOf(consumer);
      if (atomicity !== 'none' || handlers < 2) return;
      const patch: Patch = { op: 'set', path: [...site.path, 'atomicity'], value: 'conditional-put' };
      report({
        at: site.at,
        field: fieldOf(site, 'atomicity'),
        messageId: 'race',
        data: { consumer: consumer.id, handlers },
        fix: { label: 'Claim the key by a conditional write', patches: () => [patch] },
      });
    },
  },
});
