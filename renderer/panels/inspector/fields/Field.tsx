import { useState } from 'react';
import type { ElementAddress } from '../../../../core/design/design.ts';
import type { Attribute } from '../../../../core/kinds/attribute.ts';
import type { Path } from '../../../../core/text/source.ts';
import { useApp } from '../../../store/store.ts';
import { Control } from './controls.tsx';
import styles from './Field.module.css';
import { FieldHelp } from './FieldHelp.tsx';
import { defaultText, labelOf } from './input.ts';
import { sectionOf, subfieldsOf } from './subfields.ts';
import type { FieldProps } from './types.ts';

/** One attribute: its name, which explains it, and its control. */
export function Field({ address, path, attribute, value, disabled }: FieldProps) {
  const run = useApp((state) => state.run);
  const current = useApp(
    (state) => state.field === path.join('.') && state.selected.has(address as ElementAddress),
  );
  const [error, setError] = useState<string>();
  const [help, setHelp] = useState(false);
  const name = String(path.at(-1));
  const wide = isWide(attribute, address, path, value);
  const id = `field-${path.join('-')}`;
  return (
    <div className={styles.field} data-wide={wide} data-current={current} data-field={path.join('.')}>
      <button
        type="button"
        className={styles.label}
        aria-expanded={help}
        aria-label={`About ${labelOf(name)}`}
        title={attribute.doc}
        onClick={() => setHelp(!help)}
      >
        {labelOf(name)}
      </button>
      <label htmlFor={id} hidden>
        {labelOf(name)}
      </label>
      <div className={styles.control} title={value === undefined ? defaultText(attribute) : undefined}>
        <Control
          id={id}
          address={address}
          path={path}
          attribute={attribute}
          editor={attribute.editor}
          value={value}
          disabled={disabled}
          Part={Field}
          onChange={(next) => {
            setError(undefined);
            run('element.set', { address, field: path, value: next });
          }}
          onError={setError}
          onWhy={() => setHelp(!help)}
        />
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {labelOf(name)} {error}
        </p>
      )}
      {help && <FieldHelp attribute={attribute} />}
    </div>
  );
}

/** An object's parts need the whole width; so does one that is described where a reference could stand. */
function isWide(attribute: Attribute, address: FieldProps['address'], path: Path, value: unknown): boolean {
  if (attribute.editor.type === 'ref') return typeof value === 'object' && value !== null;
  if (attribute.editor.type !== 'object' || path.length > 1) return false;
  return subfieldsOf(sectionOf(address), String(path[0])).length > 0;
}
