import { createContext, type RefObject, useContext } from 'react';
import type { PanelImperativeHandle } from 'react-resizable-panels';

/** Handle of the bottom panel, so that its own button can close it. */
export const BottomPanelContext = createContext<RefObject<PanelImperativeHandle | null>>({ current: null });
export const useBottomPanel = () => useContext(BottomPanelContext);
