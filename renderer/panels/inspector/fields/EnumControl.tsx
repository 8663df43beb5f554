import type { Editor } from '../../../../core/kinds/attribute.ts';
import { Choice } from './Choice.tsx';
import { hintOf, withOrigin } from './input.ts';
import type { ControlProps } from './types.ts';

/** What the file says is shown, even where it means nothing on this broker. */
const written = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : []);

export const EnumControl = (props: ControlProps<Extract<Editor, { type: 'enum' }>>) => (
  <Choice
    id={props.id}
    label={props.label}
    options={[...new Set([...props.editor.values, ...written(props.value)])].map((value) => ({
      value,
      label: value,
    }))}
    value={props.value === undefined ? undefined : String(props.value)}
    fallback={withOrigin(hintOf(props.attribute))}
    disabled={props.disabled}
    required={props.attribute.required === true}
    onChange={props.onChange}
  />
);

export const BooleanControl = (props: ControlProps) => (
  <Choice
    id={props.id}
    label={props.label}
    options={[
      { value: 'true', label: 'on' },
      { value: 'false', label: 'off' },
    ]}
    value={props.value === undefined ? undefined : String(props.value)}
    fallback={withOrigin(hintOf(props.attribute))}
    disabled={props.disabled}
    onChange={(value) => props.onChange(value === undefined ? undefined : value === 'true')}
  />
);
