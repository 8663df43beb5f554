import manifest from '../package.json?raw';
import { publishedDocs } from './docs.ts';

const about: { readonly version: string; readonly repository?: string | { readonly url: string } } =
  JSON.parse(manifest);

/** Version of the program, from package.json. */
export const version: string = about.version;

/** Where its documentation is published, if package.json names a repository that shows it. */
export const ownDocs: string | undefined = publishedDocs(about.repository);
