import { useApp } from '../store/store.ts';
import { Outline } from './outline/Outline.tsx';
import { Palette } from './palette/Palette.tsx';

export function LeftPanel() {
  const tab = useApp((state) => state.leftTab);
  return tab === 'palette' ? <Palette /> : <Outline />;
}
