import { isRecord } from '../../../../core/text/render.ts';
import styles from './Field.module.css';
import { MapControl } from './MapControl.tsx';
import type { ControlProps } from './types.ts';

/** The parts of an object, each a field of its own; an object without stated parts is a map. */
export function ObjectControl(props: ControlProps) {
  const { address, path, value, attribute, disabled, Part } = props;
  const object = isRecord(value) ? value : {};
  if (!attribute.parts) return <MapControl {...props} />;
  return (
    <div className={styles.nested}>
      {Object.entries(attribute.parts).map(([name, part]) => (
        <Part
          key={name}
          address={address}
          path={[...path, name]}
          attribute={{ ...part, group: attribute.group }}
          value={object[name]}
          disabled={disabled}
        />
      ))}
    </div>
  );
}
