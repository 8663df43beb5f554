import { SHAPE_TYPE, shapeTypeOf } from '../../canvas/useDrop.ts';
import { useApp } from '../../store/store.ts';
import { shapeIcons } from './icons.ts';
import type { PaletteItem } from './items.ts';
import styles from './Palette.module.css';

/** Dragged to the canvas, or clicked to be placed by the next click there. */
export function PaletteButton({ item }: { readonly item: PaletteItem }) {
  const Icon = shapeIcons[item.shape];
  const armed = useApp((state) => state.armed?.shape === item.shape);
  const arm = useApp((state) => state.arm);
  const editable = useApp((state) => state.shown?.valid ?? false);
  return (
    <button
      type="button"
      className={styles.item}
      data-shape={item.shape}
      aria-pressed={armed}
      disabled={!editable}
      draggable={editable}
      onDragStart={(event) => {
        event.dataTransfer.setData(SHAPE_TYPE, item.shape);
        event.dataTransfer.setData(shapeTypeOf(item.shape), '');
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={() => arm(armed ? undefined : item)}
    >
      <Icon size={18} stroke={1.6} />
      {item.title}
    </button>
  );
}
