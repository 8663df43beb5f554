import type { Out } from '../../../core/contract/ipc.ts';
import { reviewOptionsFor } from '../../../core/review/config/config.ts';
import { CONFIG_FILE } from '../../../core/review/config/name.ts';
import { readConfig } from '../../../core/review/config/read.ts';
import type { Host } from '../../host/host.ts';
import type { ConfigSlice } from '../state/config.ts';
import type { Slice } from '../state.ts';

type Settings = Pick<ConfigSlice, 'config' | 'reviewOptions'>;

export const configSlice =
  (host: Host): Slice<ConfigSlice> =>
  (set, get) => ({
    config: { status: 'none' },
    reviewOptions: reviewOptionsFor({}, ''),
    readConfig: async (doc) => set(settingsOf(await host.reviewConfig({ doc }))),
    configChanged: async (doc) => {
      if (get().file?.doc !== doc) return;
      await get().readConfig(doc);
      get().reviewAgain();
    },
  });

/** Without a configuration that can be used, a document is reviewed as the command line does without one. */
function settingsOf(found: Out<'review.config'>): Settings {
  const reviewOptions = reviewOptionsFor({}, '');
  if (found.status === 'failed') {
    const problems = [{ message: found.reason }];
    return { config: { status: 'broken', place: CONFIG_FILE, problems }, reviewOptions };
  }
  if (found.status !== 'found') return { config: found, reviewOptions };
  const place = `${found.folder}/${CONFIG_FILE}`;
  const read = readConfig(found.text);
  return read.ok
    ? { config: { status: 'applied', place }, reviewOptions: reviewOptionsFor(read.value, found.design) }
    : { config: { status: 'broken', place, problems: read.error }, reviewOptions };
}
