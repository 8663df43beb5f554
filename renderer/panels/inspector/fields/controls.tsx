import type { ComponentType } from 'react';
import type { Editor } from '../../../../core/kinds/attribute.ts';
import { BooleanControl, EnumControl } from './EnumControl.tsx';
import { LinesControl } from './LinesControl.tsx';
import { ListControl } from './ListControl.tsx';
import { ObjectControl } from './ObjectControl.tsx';
import { RefControl } from './RefControl.tsx';
import { RefsControl } from './RefsControl.tsx';
import { TextControl } from './TextControl.tsx';
import type { ControlProps, RefEditor } from './types.ts';
import { contractTabOf, YamlLink } from './YamlLink.tsx';

/** One control for each way to edit a value; an editor without one does not compile. */
const controls = {
  text: LinesControl,
  integer: TextControl,
  number: TextControl,
  duration: TextControl,
  size: TextControl,
  rate: TextControl,
  boolean: BooleanControl,
  enum: EnumControl,
  ref: RefControl,
  refs: RefsControl,
  list: ListControl,
  object: ObjectControl,
} as const satisfies { readonly [T in Editor['type']]: ComponentType<ControlProps<EditorOf<T>>> };

type EditorOf<T extends Editor['type']> = T extends 'ref' | 'refs'
  ? RefEditor<T>
  : Extract<Editor, { type: T }>;

export function Control(props: ControlProps) {
  if (contractTabOf(props)) return <YamlLink {...props} />;
  const Chosen = controls[props.editor.type] as ComponentType<ControlProps>;
  return <Chosen {...props} />;
}
