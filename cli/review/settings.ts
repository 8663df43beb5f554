import { dirname, relative, resolve } from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';
import { reviewOptionsFor } from '../../core/review/config/config.ts';
import { CONFIG_FILE } from '../../core/review/config/name.ts';
import type { Config } from '../../core/review/config/schema.ts';
import type { ReviewOptions } from '../../core/review/review.ts';
import { findAbove, readDesign } from '../../disk/index.ts';
import type { Located } from '../io.ts';

type Read = Result<Config, readonly Located[]>;

/** Finds out how designs are reviewed: by the configuration beside or above each, or by the one that was named. */
export class Settings {
  readonly #named: string | undefined;
  readonly #read = new Map<string, Promise<Read>>();
  #docsBase: string | undefined;

  constructor(named: string | undefined) {
    this.#named = named;
  }

  /** Where the pages of the rules are published, by the first configuration that said so. */
  get docsBase(): string | undefined {
    return this.#docsBase;
  }

  async optionsFor(design: string): Promise<Result<ReviewOptions, readonly Located[]>> {
    const path = this.#named ?? (await findAbove(design, CONFIG_FILE));
    if (path === undefined) return ok(reviewOptionsFor({}, design));
    let reading = this.#read.get(path);
    if (!reading) {
      reading = read(path);
      this.#read.set(path, reading);
    }
    const config = await reading;
    if (!config.ok) return config;
    this.#docsBase ??= config.value.docsBase?.replace(/\/?$/, '/');
    const file = relative(dirname(resolve(path)), resolve(design)).replaceAll('\\', '/');
    return ok(reviewOptionsFor(config.value, file));
  }
}

async function read(path: string): Promise<Read> {
  const text = await readDesign(path);
  if (!text.ok) return fail([text.error]);
  // Loaded where there is one: to make its schema takes as long as to review a small design.
  const { readConfig } = await import('../../core/review/config/read.ts');
  const config = readConfig(text.value);
  const file = relative('', path) || path;
  return config.ok ? config : fail(config.error.map((problem) => ({ ...problem, file })));
}
