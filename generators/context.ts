import { derive } from '../core/design/derived.ts';
import type { Channel, Design } from '../core/design/design.ts';
import { Graph, type Named } from '../core/design/graph.ts';
import { ok, type Problem, type Result } from '../core/result.ts';
import { withAwsNames } from './aws/names.ts';
import { distinctNames, kebabCase } from './kit/identifiers.ts';

/** What every target plans from. */
export interface Context {
  readonly design: Design;
  /** The design with its shorthand written out, indexed. */
  readonly graph: Graph;
  /** npm scope and vhost: the name of the design in the letters that both allow. */
  readonly scope: string;
}

export function contextOf(design: Design): Result<Context> {
  const scope = kebabCase(design.design.name);
  const named = distinctNames([design.design.name], kebabCase, () => 'design');
  return named.ok ? ok({ design, graph: new Graph(withAwsNames(derive(design))), scope }) : named;
}

/** Name of a channel on its broker. */
export const nameOf = (channel: Channel): string => channel.value.name ?? channel.id;

/** Entries of a section as the graph has them. */
export const entries = <T>(section: ReadonlyMap<string, T>): Named<T>[] =>
  [...section].map(([id, value]) => ({ id, value }));

/** Keeps what could be planned and gathers every problem, so that an author sees all of them at once. */
export class Problems {
  readonly list: Problem[] = [];

  /** The value of a result; `undefined` and its problems noted when it failed. */
  take<T>(result: Result<T>): T | undefined {
    if (result.ok) return result.value;
    this.list.push(...result.error);
    return undefined;
  }
}
