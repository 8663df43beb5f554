import { fail, ok, type Problem, type Result } from '../core/result.ts';

/**
 * The URL below which a repository on GitHub shows its files, from the `repository` of a package.json.
 * https://docs.npmjs.com/cli/configuring-npm/package-json#repository
 */
export function publishedDocs(repository: string | { readonly url: string } | undefined): string | undefined {
  const url = typeof repository === 'object' ? repository.url : (repository ?? '');
  const found =
    /^(?:github:|(?:git\+)?(?:https|ssh|git):\/\/(?:git@)?github\.com\/)([\w.-]+)\/([\w.-]+?)(?:\.git)?$/.exec(
      url,
    );
  return found ? `https://github.com/${found[1]}/${found[2]}/blob/HEAD/` : undefined;
}

/** A URL from the command line as the base of links: absolute, and with its last slash. */
export function docsBase(text: string): Result<string, Problem> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '')
    return ok(url.href.endsWith('/') ? url.href : `${url.href}/`);
  return fail({
    code: 'LOOM_USAGE',
    message: `--docs-base ${JSON.stringify(text)} is no address of a folder on the web.`,
    hint: 'Give the URL under which docs/ is published, such as https://example.org/brokerloom/.',
  });
}
