/** `generated` files are merged when the design changes; `yours` are written once and then left alone. */
export type Ownership = 'generated' | 'yours';

export interface OutputFile {
  readonly content: string;
  readonly ownership: Ownership;
}

/** All files of a workspace by path (relative, `/` between folders), sorted by path. */
export type OutputTree = ReadonlyMap<string, OutputFile>;

/** One or more folders and a file name, each of characters that every file system takes; no `.` or `..`. */
const SAFE_PATH = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/;

/** Collects files. Paths come from checked names, so a bad or repeated one is an error in the generator itself. */
export class Output {
  readonly #files = new Map<string, OutputFile>();

  add(path: string, content: string, ownership: Ownership = 'generated'): void {
    if (!SAFE_PATH.test(path)) throw new Error(`Not a path for output: ${JSON.stringify(path)}`);
    if (this.#files.has(path)) throw new Error(`Two files for ${path}`);
    this.#files.set(path, { content, ownership });
  }

  tree(): OutputTree {
    return new Map([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
