import { addressOf, type Design, type Point } from '../design/design.ts';
import type { BrokerKind } from '../kinds/brokers.ts';
import { type ChannelSection, channelSections, kinds, type Section } from '../kinds/registry.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { ID } from '../text/schema.ts';
import { broughtName } from './brought.ts';
import { defineCommand } from './command.ts';
import { freshId } from './names.ts';
import { templateOf } from './templates.ts';

export interface AddArgs {
  readonly section: Section;
  /** Missing = a free name. */
  readonly id?: string;
  readonly value?: Readonly<Record<string, unknown>>;
  /** Position on the canvas; missing = laid out automatically. */
  readonly at?: Point;
}

/** Brokers that can hold a channel of each kind, the most likely first. */
export const holders: Readonly<Record<ChannelSection, readonly BrokerKind[]>> = {
  exchanges: ['rabbitmq'],
  queues: ['rabbitmq', 'sqs', 'celery', 'redis'],
  topics: ['sns'],
  streams: ['kafka', 'kinesis', 'redis', 'rabbitmq'],
};

export const isChannel = (section: Section): section is ChannelSection =>
  (channelSections as readonly Section[]).includes(section);

/** Those that a new channel gets by itself; a log of RabbitMQ only where asked for. */
export const usualHolders = (section: ChannelSection): readonly BrokerKind[] =>
  holders[section].filter((kind) => section !== 'streams' || kind !== 'rabbitmq');

/** A broker of the design that can hold the channel, one of the likeliest kind. */
function brokerFor(design: Design, section: ChannelSection): string | undefined {
  for (const kind of usualHolders(section)) {
    const found = [...design.brokers].find(([, broker]) => broker.kind === kind);
    if (found) return found[0];
  }
  return undefined;
}

/** Celery keeps nothing itself: a broker of the design carries its tasks, where there is one that can. */
function carriedBy(design: Design): { readonly transport?: string } {
  const [carrier] = [...design.brokers].find(([, { kind }]) => kind === 'rabbitmq' || kind === 'redis') ?? [];
  return carrier === undefined ? {} : { transport: carrier };
}

/** The id that `element.add` gives the element. */
export const addedId = (design: Design, { section, id, value }: AddArgs): string =>
  id ??
  freshId(
    design,
    section,
    section === 'queues' && value?.['role'] === 'dead-letter' ? 'dead-letters' : undefined,
  );

/**
 * Adds an element with a free name and what it cannot do without: a channel gets a broker of a kind that can hold it,
 * a producer gets a message type to publish. What a careful author would write first is written too, see `templateOf`.
 */
export const elementAdd = defineCommand({
  id: 'element.add',
  label: ({ section }: AddArgs) => `Add ${kinds[section].title.toLowerCase()}`,
  history: 'record',
  apply: (design, args): Result<readonly Patch[], Problem> => {
    const { section, value = {}, at } = args;
    const id = addedId(design, args);
    if (!ID.test(id))
      return fail({
        code: 'LOOM_NAME',
        message: `${JSON.stringify(id)} cannot be an id.`,
        hint: 'Use letters, digits, dot, dash and underscore.',
      });
    if (design[section].has(id))
      return fail({
        code: 'LOOM_NAME',
        message: `${id} is in ${section} already.`,
        hint: 'Choose another id.',
      });
    const patches: Patch[] = [];
    let element = value;
    let holder: BrokerKind | undefined;
    if (section === 'brokers' && value['kind'] === 'celery') element = { ...carriedBy(design), ...value };
    if (isChannel(section) && element['broker'] === undefined) {
      const fitting = brokerFor(design, section);
      const kind = holders[section][0] ?? 'rabbitmq';
      const broker = fitting ?? freshId(design, 'brokers', kind);
      if (fitting === undefined) patches.push({ op: 'set', path: ['brokers', broker], value: { kind } });
      element = { broker, ...element };
      holder = design.brokers.get(broker)?.kind ?? kind;
    } else if (isChannel(section)) holder = design.brokers.get(String(element['broker']))?.kind;
    element = { ...element, ...templateOf(section, holder, element) };
    if (section === 'producers' && element['messages'] === undefined) {
      const message = freshId(design, 'messages', broughtName(id));
      patches.push({ op: 'set', path: ['messages', message], value: templateOf('messages', undefined, {}) });
      element = { ...element, messages: [message] };
    }
    patches.push({ op: 'set', path: [section, id], value: element });
    if (at) patches.push({ op: 'set', path: ['layout', addressOf(section, id)], value: [...at] });
    return ok(patches);
  },
});
