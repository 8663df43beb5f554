import { addressOf, type Channel } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { channelSections, type Section, sections } from '../../kinds/registry.ts';
import { defineRule, type FixProposal } from '../../review/rule.ts';
import { z } from '../../zod.ts';

type Patterns = Readonly<Partial<Record<string, string>>>;

const standard: { readonly patterns: Patterns } = { patterns: {} };

export const convention = defineRule({
  id: 'naming/convention',
  meta: {
    severity: 'info',
    brokers: 'all',
    fix: 'suggest',
    isAsked: true,
    title: 'Names follow the convention of the project',
    docs: {
      what: 'Where `design.naming`, or `naming` of the configuration for a design that has none, gives a regular expression for a section, the whole name of each of its elements must match it: the `name` of a channel on its broker, else the id. Without such expressions the rule finds nothing; no convention is right for everybody. One that many use is `domain.entity.event`, the event in the past tense, for messages and routing keys, `<service>.<event>` for queues and `<queue>.dlq` for dead letters. Where another spelling of the same words matches, the fix gives it to the channel as its name and leaves the id as it is.',
      why: 'Bindings, access rights, alerts and dashboards select by name. `orders_created` beside `order.item.added` is bound by no `order.#`, is missing from the dashboard of orders, and is found by nobody who looks for it at night.',
    },
    sources: ['https://www.rabbitmq.com/tutorials/tutorial-five-javascript'],
  },
  standard,
  options: () =>
    z.strictObject({
      patterns: z
        .partialRecord(z.enum(sections as readonly [Section, ...Section[]]), z.string())
        .default(standard.patterns)
        .describe(
          'Regular expression for the names of each section, for designs without `naming`; the setting `naming` of a configuration fills it in.',
        ),
    }),
  messages: {
    name: {
      message: 'The name {name} of {section}/{id} does not match {pattern}.',
      consequence: 'What selects by name, such as a binding or a dashboard, passes it by.',
    },
  },
  needs: [],
  check({ graph, design, options, report }) {
    const patterns: Patterns = design.design.naming ?? options.patterns;
    for (const section of sections) {
      const pattern = patterns[section];
      if (pattern === undefined) continue;
      const whole = new RegExp(`^(?:${pattern})$`, 'u');
      for (const id of design[section].keys()) {
        const at = addressOf(section, id);
        const channel = channelIn(graph, section, id);
        const name = channel?.value.name ?? id;
        if (graph.origins.has(at) || whole.test(name)) continue;
        report({
          at,
          field: channel?.value.name === undefined ? undefined : 'name',
          messageId: 'name',
          data: { name: JSON.stringify(name), section, id, pattern },
          fix: channel && respelt(channel, name, whole),
        });
      }
    }
  },
});

const channelIn = (graph: Graph, section: Section, id: string): Channel | undefined =>
  (channelSections as readonly Section[]).includes(section) ? graph.channel(id) : undefined;

/** Gives a channel the words of its name in another spelling, if one of those that people use matches. */
function respelt({ section, id }: Channel, name: string, whole: RegExp): FixProposal | undefined {
  const words = name
    .replace(/(\p{Ll}|\d)(?=\p{Lu})/gu, '$1 ')
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '');
  const spellings = [words.map((word) => word.toLowerCase()), words].flatMap((all) =>
    ['.', '-', '_'].map((sign) => all.join(sign)),
  );
  const fitting = spellings.find((spelling) => whole.test(spelling));
  if (fitting === undefined) return undefined;
  return {
    label: `Call it ${fitting} on the broker`,
    patches: () => [{ op: 'set', path: [section, id, 'name'], value: fitting }],
  };
}
