import { useEffect, useState } from 'react';
import { useApp } from '../store/store.ts';
import styles from './DropTarget.module.css';

const holdsFile = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** Opens a design that is dragged in from outside, wherever it is let go. */
export function DropTarget() {
  const openDropped = useApp((state) => state.openDropped);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    // Leaving an element for another inside the window is no end.
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) void openDropped(file);
    };
    const listeners = { dragenter: drag, dragover: drag, dragleave: leave, drop } as const;
    for (const [type, listen] of Object.entries(listeners)) addEventListener(type, listen as EventListener);
    return () => {
      for (const [type, listen] of Object.entries(listeners))
        removeEventListener(type, listen as EventListener);
    };
  }, [openDropped]);
  return over ? <div className={styles.over}>Drop the design to open it</div> : null;
}
