/// <reference path="./glob.d.ts" />
const files = import.meta.glob('../../runtime/**/*.ts', { query: '?raw', import: 'default', eager: true });

/** Path and text of each file of the messaging library. */
export const runtimeSources = (): [path: string, text: string][] =>
  Object.entries(files)
    .map(([path, text]): [string, string] => [
      path.slice(path.indexOf('/runtime/') + '/runtime/'.length),
      text,
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
