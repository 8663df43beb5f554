import { derive } from '../design/derived.ts';
import { addressOf, type Design, type ElementAddress, parseAddress } from '../design/design.ts';
import { type Reference, references } from '../design/references.ts';
import { channelSections, type Section } from '../kinds/registry.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { ID } from '../text/schema.ts';
import { broughtBy, broughtName } from './brought.ts';
import { defineCommand } from './command.ts';
import { freshId } from './names.ts';

export interface RenameArgs {
  readonly address: ElementAddress;
  readonly to: string;
}

/** Gives an element another id and rewrites everything that names it: references, its position, waivers. */
export const elementRename = defineCommand({
  id: 'element.rename',
  label: ({ address, to }: RenameArgs) => `Rename ${address.split('/')[1]} to ${to}`,
  history: 'record',
  apply: (design, { address, to }): Result<readonly Patch[], Problem> => {
    const found = parseAddress(address);
    if (!found || !design[found.section].has(found.id))
      return fail({ code: 'LOOM_COMMAND', message: `There is no ${address}.` });
    const { section, id } = found;
    if (to === id) return ok([]);
    if (!ID.test(to))
      return fail({
        code: 'LOOM_NAME',
        message: `${JSON.stringify(to)} cannot be an id.`,
        hint: 'Use letters, digits, dot, dash and underscore.',
        element: address,
      });
    const group: readonly Section[] = (channelSections as readonly Section[]).includes(section)
      ? channelSections
      : [section];
    const taken = group.find((name) => design[name].has(to));
    if (taken)
      return fail({
        code: 'LOOM_NAME',
        message: `${to} is in ${taken} already.`,
        hint: 'Choose another id.',
        element: address,
      });

    const patches: Patch[] = [];
    const brought = section === 'producers' ? broughtBy(design, id) : undefined;
    if (brought !== undefined) {
      const follows = {
        address: addressOf('messages', brought),
        to: freshId(design, 'messages', broughtName(to)),
      };
      const renamed = elementRename.apply(design, follows);
      if (renamed.ok) patches.push(...renamed.value);
    }
    const implied = impliedNames(design, address, to);
    for (const reference of references(design)) {
      const value = pointsTo(reference, section, id) ? to : implied.get(reference.id);
      if (value !== undefined && (value === to || reference.to === 'channels'))
        patches.push({ op: 'set', path: reference.path, value });
    }
    for (const [waiver, { target }] of design.waivers) {
      if (target === address)
        patches.push({ op: 'set', path: ['waivers', waiver, 'target'], value: addressOf(section, to) });
    }
    patches.push({ op: 'rename', path: [section, id], to });
    if (group === channelSections) patches.push(...connectionsNamed(design, id, to));
    const position = design.layout.get(address);
    if (position) {
      patches.push({ op: 'remove', path: ['layout', address] });
      patches.push({ op: 'set', path: ['layout', addressOf(section, to)], value: [...position] });
    }
    return ok(patches);
  },
});

/** Gives connections that are called by what they connect the names that they would be given now. */
function* connectionsNamed(design: Design, id: string, to: string): Generator<Patch> {
  const ends = [
    ...[...design.bindings].map(
      ([name, { source, destination }]) => ['bindings', name, source, destination] as const,
    ),
    ...[...design.subscriptions].map(
      ([name, { topic, endpoint }]) => ['subscriptions', name, topic, endpoint] as const,
    ),
  ];
  for (const [section, name, source, target] of ends) {
    if (name !== `${source}-${target}` || (source !== id && target !== id)) continue;
    const renamed = freshId(design, section, `${source === id ? to : source}-${target === id ? to : target}`);
    for (const [waiver, value] of design.waivers)
      if (value.target === addressOf(section, name))
        yield { op: 'set', path: ['waivers', waiver, 'target'], value: addressOf(section, renamed) };
    yield { op: 'rename', path: [section, name], to: renamed };
  }
}

/** New names of the channels that shorthand of the element implies, such as its dead-letter queue, by their old ones. */
function impliedNames(design: Design, address: ElementAddress, to: string): ReadonlyMap<string, string> {
  const id = parseAddress(address)?.id ?? '';
  const names = [...derive(design).origins].flatMap(([implied, origin]) =>
    origin.address === address ? [parseAddress(implied)?.id ?? ''] : [],
  );
  return new Map(names.map((name) => [name, name.replace(id, to)]));
}

/** Whether a reference means the element; ids of channels are unique, so any reference to a channel may. */
export function pointsTo(reference: Reference, section: Section, id: string): boolean {
  if (reference.id !== id) return false;
  const channel = (channelSections as readonly Section[]).includes(section);
  return (
    reference.to === section ||
    (channel && (reference.to === 'channels' || reference.field.startsWith('deadLetter')))
  );
}
