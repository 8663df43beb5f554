import type { Formatter } from './format.ts';
import { github } from './github.ts';
import { human } from './human.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';

export const formatIds = ['human', 'json', 'sarif', 'junit', 'github', 'markdown'] as const;
export type FormatId = (typeof formatIds)[number];

/** The output formats by name. */
export const formats = { human, json, sarif, junit, github, markdown } as const satisfies Record<
  FormatId,
  Formatter
>;
