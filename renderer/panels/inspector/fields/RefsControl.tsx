import { MultiSelect, TagsInput } from '@mantine/core';
import { useApp } from '../../../store/store.ts';
import styles from './Field.module.css';
import { hintOf } from './input.ts';
import { referenceOptions } from './references.ts';
import type { ControlProps, RefEditor } from './types.ts';
import { YamlLink } from './YamlLink.tsx';

const orNothing = (list: readonly string[]): readonly string[] | undefined =>
  list.length === 0 ? undefined : list;

/** Several references. */
export function RefsControl(props: ControlProps<RefEditor<'refs'>>) {
  const design = useApp((state) => state.shown?.lastValid?.design);
  if (!design) return null;
  const value = Array.isArray(props.value) ? props.value.map(String) : [];
  const options = referenceOptions(design, props.editor.to).map((option) => option.value);
  return (
    <MultiSelect
      id={props.id}
      data={[...new Set([...options, ...value])]}
      value={value}
      disabled={props.disabled}
      placeholder={value.length === 0 ? (hintOf(props.attribute) ?? 'none') : ''}
      classNames={{ input: styles.multi, inputField: styles.multiField, pill: styles.pill }}
      size="xs"
      searchable
      onChange={(next) => props.onChange(orNothing(next))}
    />
  );
}

/** A list of texts; a list of anything else is edited in the file. */
export function ListControl(props: ControlProps) {
  const value = Array.isArray(props.value) ? props.value : [];
  const free = props.attribute.schema.safeParse(['text']).success;
  if (!free || value.some((item) => typeof item !== 'string'))
    return (
      <YamlLink
        {...props}
        text={
          value.length === 0 ? 'Write in YAML' : `${value.length} ${value.length === 1 ? 'entry' : 'entries'}`
        }
      />
    );
  return (
    <TagsInput
      id={props.id}
      value={value.map(String)}
      disabled={props.disabled}
      placeholder={value.length === 0 ? (Array.isArray(props.value) ? 'none, as stated' : 'not stated') : ''}
      classNames={{ input: styles.multi, inputField: styles.multiField, pill: styles.pill }}
      size="xs"
      onChange={(next) => props.onChange(orNothing(next))}
    />
  );
}
