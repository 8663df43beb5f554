import type { ComponentType } from 'react';
import type { ElementAddress } from '../../../../core/design/design.ts';
import type { Attribute, Editor, RefTarget } from '../../../../core/kinds/attribute.ts';
import type { Path } from '../../../../core/text/source.ts';

/** What a field gets: one attribute of an element, or one part of it. */
export interface FieldProps {
  readonly address: ElementAddress | 'design';
  readonly path: Path;
  readonly attribute: Attribute;
  readonly value: unknown;
  readonly disabled: boolean;
  /** The name is shown as the file spells it, as the user has chosen it. */
  readonly verbatim?: boolean;
  /** Takes a new value in place of the design, e.g. because the thing that it belongs to is not in it yet. */
  readonly set?: (value: unknown) => void;
}

/** What every control gets. */
export interface ControlProps<E extends Editor = Editor> {
  /** Id of the input. */
  readonly id: string;
  /** What the input is called. */
  readonly label: string;
  readonly address: ElementAddress | 'design';
  readonly path: Path;
  readonly attribute: Attribute;
  readonly editor: E;
  /** As written in the file; `undefined` where the default holds. */
  readonly value: unknown;
  readonly disabled: boolean;
  readonly onChange: (value: unknown) => void;
  /** Draws a part of the value as a field of its own. */
  readonly Part: ComponentType<FieldProps>;
  readonly onError: (error: string | undefined) => void;
  /** Shows or hides why the default is what it is. */
  readonly onWhy: () => void;
}

/** The editors that pick elements by id. */
export interface RefEditor<T extends 'ref' | 'refs'> {
  readonly type: T;
  readonly to: RefTarget;
}
