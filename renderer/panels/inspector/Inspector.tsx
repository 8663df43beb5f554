import { useDeferredValue, useState } from 'react';
import { designAttributes } from '../../../core/kinds/design/index.ts';
import { useApp } from '../../store/store.ts';
import { ElementView } from './ElementView.tsx';
import { Fields } from './Fields.tsx';
import { ImpliedView } from './ImpliedView.tsx';
import styles from './Inspector.module.css';
import { ManyView } from './ManyView.tsx';

/**
 * Properties of what is selected; of the design itself when nothing is. What is dragged follows when it is let go:
 * drawing some seventy fields would make the drag stutter.
 */
export function Inspector() {
  const now = useApp((state) => state.selected);
  const onCanvas = useApp((state) => state.selectionSource === 'canvas');
  const pressed = useApp((state) => state.pressed);
  const soon = useDeferredValue(useSettled(now, !(onCanvas && pressed)));
  // What other panels select comes with a field that is asked for, and is there at once.
  const selected = onCanvas ? soon : now;
  const [first] = selected;
  const origin = useApp((state) => first && state.shown?.graph?.origins.get(first));
  if (selected.size > 1) return <ManyView count={selected.size} />;
  if (first && origin) return <ImpliedView address={first} origin={origin} />;
  return first ? <ElementView key={first} address={first} /> : <DesignView />;
}

/** The value as it was when it last was settled. */
function useSettled<T>(value: T, isSettled: boolean): T {
  const [settled, setSettled] = useState(value);
  if (isSettled && settled !== value) setSettled(value);
  return isSettled ? value : settled;
}

function DesignView() {
  const design = useApp((state) => state.shown?.graph?.design.design);
  const valid = useApp((state) => state.shown?.valid ?? false);
  if (!design) {
    return <p className={styles.empty}>Once the text is a valid design, its properties are edited here.</p>;
  }
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <h2 className={styles.title}>
          <span>{String(design.name ?? 'Design')}</span>
        </h2>
        <p className={styles.subtitle}>The design. Select an element to edit its properties.</p>
      </header>
      <Fields
        address="design"
        attributes={designAttributes}
        element={design}
        brokers={undefined}
        disabled={!valid}
      />
    </div>
  );
}
