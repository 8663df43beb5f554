import type { HostApi, Out } from '../../core/contract/ipc.ts';

/**
 * What the page asks of whatever runs it: Electron's main process through the preload, or the browser.
 * Expected failures are answers (`status: 'failed'` with a reason to show); a rejected promise is a defect.
 */
export type Host = Omit<HostApi, 'designDropped'> & {
  /** Opens a file that was dropped on the page; the host finds out where it is. */
  readonly designDropped: (file: File) => Promise<Out<'design.dropped'>>;
};
