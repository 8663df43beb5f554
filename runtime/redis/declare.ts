import { TopologyError } from '../core/errors.ts';
import type { TopologyDifference } from '../core/topology.ts';
import type { Catalogue } from './catalogue.ts';
import { compareStreams, type FoundStream } from './compare.ts';
import type { StreamDeclaration } from './streams.ts';

/** What Redis has, compared with the streams of a design. */
export async function differencesOf(
  catalogue: Catalogue,
  design: readonly StreamDeclaration[],
): Promise<TopologyDifference[]> {
  await catalogue.refresh();
  const found = new Map<string, FoundStream>();
  for (const name of catalogue.names) {
    const declared = await catalogue.find(name);
    const present = !(await catalogue.present(declared)).includes(false);
    const groups = present ? await catalogue.groupsOf(declared) : new Set<string>();
    found.set(name, { declared, present, groups });
  }
  return compareStreams(design, found);
}

/**
 * Makes what is missing, and returns it.
 * @throws TopologyError, having changed nothing, when something was declared with other settings
 */
export async function declareStreams(
  catalogue: Catalogue,
  design: readonly StreamDeclaration[],
): Promise<readonly string[]> {
  const differences = await differencesOf(catalogue, design);
  const changed = differences.filter(({ kind }) => kind === 'changed');
  if (changed.length > 0) {
    const list = changed.map(({ element, detail }) => `${element}: ${detail}`).join('\n');
    throw new TopologyError(
      `Nothing was changed: more partitions move keys, and what is trimmed is gone. Change the design; or stop its services, correct the hash loom:streams in Redis and start them again.\n${list}`,
    );
  }
  const missing = differences.flatMap(({ kind, element }) => (kind === 'missing' ? [element] : []));
  for (const stream of design) {
    if (!missing.some((element) => element.endsWith(`stream ${stream.name}`))) continue;
    const known = catalogue.get(stream.name)?.groups ?? [];
    const own = new Set((stream.groups ?? []).map(({ name }) => name));
    const groups = [...known.filter(({ name }) => !own.has(name)), ...(stream.groups ?? [])];
    await catalogue.create({ ...stream, ...(groups.length > 0 ? { groups } : {}) });
  }
  if (missing.length > 0) await catalogue.refresh();
  return missing;
}
