import type { Host } from './host.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    readonly brokerloom?: Host;
  }
}

/** The desktop host, or undefined when the page runs in a browser. */
export const electronHost = (): Host | undefined => window.brokerloom;
