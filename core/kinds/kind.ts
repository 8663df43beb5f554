import type { Attributes } from './attribute.ts';

/** Role of an element on the canvas; `none` means that it is edited in lists and never drawn as a box. */
export type Drawn = 'endpoint' | 'channel' | 'edge' | 'group' | 'none';

export interface KindDefinition<
  Id extends string = string,
  Section extends string = string,
  A extends Attributes = Attributes,
> {
  readonly id: Id;
  /** Key of the section in the design file that holds elements of this kind, by id. */
  readonly section: Section;
  readonly title: string;
  /** What it is, in the field's terms, for help texts and reference pages. */
  readonly doc: string;
  readonly drawn: Drawn;
  readonly attributes: A;
}

export const defineKind = <const Id extends string, const Section extends string, const A extends Attributes>(
  kind: KindDefinition<Id, Section, A>,
): KindDefinition<Id, Section, A> => kind;
