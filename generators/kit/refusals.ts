import { addressOf, type ElementOf } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import type { Section } from '../../core/kinds/registry.ts';
import type { Problem } from '../../core/result.ts';
import { unsupported } from './problems.ts';

/** A setting that the library does not offer: when it applies, why not, and what to do instead. */
export type Refusal<T> = readonly [
  applies: (value: T) => boolean,
  message: (value: T) => string,
  hint: string,
];

/** What the library does in one way only; asking for another must not pass in silence. */
export const refusals =
  <S extends Section>(section: S, list: readonly Refusal<ElementOf<S>>[]) =>
  ({ id, value }: Named<ElementOf<S>>): Problem[] =>
    list.flatMap(([applies, message, hint]) =>
      applies(value) ? [unsupported(addressOf(section, id), message(value), hint)] : [],
    );
