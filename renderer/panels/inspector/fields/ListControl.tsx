import { Button, TagsInput } from '@mantine/core';
import styles from './Field.module.css';
import { ItemsControl } from './ItemsControl.tsx';
import { valuesOf } from './input.ts';
import type { ControlProps } from './types.ts';
import { YamlLink } from './YamlLink.tsx';

const isTag = (item: unknown): item is string | number =>
  typeof item === 'string' || typeof item === 'number';

/** A list of texts, numbers or objects; what else stands in one is edited in the file. */
export function ListControl(props: ControlProps) {
  const { id, label, attribute, disabled, onChange, onError } = props;
  const value: readonly unknown[] = Array.isArray(props.value) ? props.value : [];
  if (attribute.items) return <ItemsControl {...props} />;
  if (!value.every(isTag))
    return <YamlLink {...props} text={`${value.length} ${value.length === 1 ? 'entry' : 'entries'}`} />;
  const change = (typed: readonly string[]): void => {
    const read = valuesOf(attribute, typed);
    onError('error' in read ? read.error : undefined);
    if ('value' in read) onChange(read.value);
  };
  // Where nothing is assumed, "none" is worth stating.
  const states = props.value === undefined && attribute.default === undefined;
  return (
    <div className={styles.list}>
      <TagsInput
        id={id}
        aria-label={label}
        value={value.map(String)}
        disabled={disabled}
        placeholder={
          value.length === 0 ? (Array.isArray(props.value) ? 'none, as stated' : 'not stated') : ''
        }
        classNames={{ input: styles.multi, inputField: styles.multiField, pill: styles.pill }}
        size="xs"
        onChange={change}
      />
      {states && (
        <Button variant="default" size="compact-xs" disabled={disabled} onClick={() => onChange([])}>
          None
        </Button>
      )}
    </div>
  );
}
