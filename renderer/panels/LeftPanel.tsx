import { useApp } from '../store/store.ts';
import { Outline } from './outline/Outline.tsx';
import { Palette } from './palette/Palette.tsx';

export function LeftPanel() {
  const tab = useApp((state) => state.leftTab);
  const open = useApp((state) => state.leftOpen);
  // Closed it has no width, but Tab would still go through it.
  if (!open) return null;
  return tab === 'palette' ? <Palette /> : <Outline />;
}
