import { addressOf, type Design, type Point } from '../design/design.ts';
import type { BrokerKind } from '../kinds/brokers.ts';
import { type ChannelSection, channelSections, kinds, type Section } from '../kinds/registry.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { ID } from '../text/schema.ts';
import { defineCommand } from './command.ts';
import { freshId } from './names.ts';

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

const isChannel = (section: Section): section is ChannelSection =>
  (channelSections as readonly Section[]).includes(section);

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
 * a producer gets a message type to publish.
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
    if (isChannel(section) && element['broker'] === undefined) {
      const fitting = [...design.brokers].find(([, broker]) => holders[section].includes(broker.kind))?.[0];
      const kind = holders[section][0] ?? 'rabbitmq';
      const broker = fitting ?? freshId(design, 'brokers', kind);
      if (fitting === undefined) patches.push({ op: 'set', path: ['brokers', broker], value: { kind } });
      element = { broker, ...element };
    }
    if (section === 'exchanges' && element['type'] === undefined) element = { ...element, type: 'topic' };
    if (section === 'producers' && element['messages'] === undefined) {
      const message = freshId(design, 'messages', `${id}.created`);
      patches.push({ op: 'set', path: ['messages', message], value: { version: 1 } });
      element = { ...element, messages: [message] };
    }
    patches.push({ op: 'set', path: [section, id], value: element });
    if (at) patches.push({ op: 'set', path: ['layout', addressOf(section, id)], value: [...at] });
    return ok(patches);
  },
});
