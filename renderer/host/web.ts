import type { Host } from './host.ts';
export const webHost = (): Host => {
  throw new Error('LOOM_WEB_HOST');
};
