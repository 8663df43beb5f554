import { useEffect, useRef, useState } from 'react';
import type { ElementAddress } from '../../../../core/design/design.ts';
import { useApp } from '../../../store/store.ts';
import { Control } from './controls.tsx';
import styles from './Field.module.css';
import { FieldHelp } from './FieldHelp.tsx';
import { defaultText, labelOf } from './input.ts';
import type { FieldProps } from './types.ts';

/** One attribute: its name, which explains it, and its control. */
export function Field({ address, path, attribute, value, disabled, verbatim = false, set }: FieldProps) {
  const run = useApp((state) => state.run);
  const current = useApp(
    (state) => state.field === path.join('.') && state.selected.has(address as ElementAddress),
  );
  const [error, setError] = useState<string>();
  const [help, setHelp] = useState(false);
  const name = verbatim ? String(path.at(-1)) : labelOf(String(path.at(-1)));
  const id = `field-${path.join('-')}`;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current || help || error) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current, help, error]);
  return (
    <div ref={row} className={styles.field} data-current={current} data-field={path.join('.')}>
      <button
        type="button"
        className={styles.label}
        aria-expanded={help}
        aria-label={`About ${name}`}
        title={attribute.doc}
        onClick={() => setHelp(!help)}
      >
        {name}
      </button>
      <div className={styles.control} title={value === undefined ? defaultText(attribute) : undefined}>
        <Control
          id={id}
          label={name}
          address={address}
          path={path}
          attribute={attribute}
          editor={attribute.editor}
          value={value}
          disabled={disabled}
          Part={Field}
          onChange={(next) => {
            setError(undefined);
            if (set) set(next);
            else run('element.set', { address, field: path, value: next });
          }}
          onError={setError}
          onWhy={() => setHelp(!help)}
        />
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {name} {error}
        </p>
      )}
      {help && <FieldHelp attribute={attribute} />}
    </div>
  );
}
