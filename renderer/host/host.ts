import type { HostApi } from '../../core/contract/ipc.ts';

/**
 * What the page asks of whatever runs it: Electron's main process through the preload, or the browser.
 * Expected failures are answers (`status: 'failed'` with a reason to show); a rejected promise is a defect.
 */
export type Host = HostApi;
