/// <reference path="../messaging/glob.d.ts" />
const files = import.meta.glob('../../runtime-python/messaging/**/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Path and text of each file of the library of workers, by paths such as `messaging/keys.py`. */
export const workerSources = (): [path: string, text: string][] =>
  Object.entries(files)
    .map(([path, text]): [string, string] => [
      path.slice(path.indexOf('/runtime-python/') + '/runtime-python/'.length),
      text,
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
