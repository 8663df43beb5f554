import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy } from '../../core/contract/csp.ts';
import { parseUrl } from './url.ts';

/** The page's origin. Everything the page loads comes from here; `file://` is never used. */
export const appOrigin = 'app://brokerloom';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

const headers = {
  'content-security-policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Must run before Electron is ready: gives `app:` an origin, so that `'self'` in the policy means something. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Serves the built page from `app://brokerloom/`. The list of files is read once, at start: a request that does not
 * name one of them exactly (after percent-decoding) is 404, so traversal has nothing to traverse.
 */
export async function serveApp(session: Session, root: string): Promise<void> {
  const files = new Map(
    (await list(root)).map((file) => [`/${relative(root, file).split(sep).join('/')}`, file]),
  );
  session.protocol.handle('app', async (request) => {
    const file = request.method === 'GET' ? files.get(pathOf(request.url)) : undefined;
    if (!file) return new Response('Not found', { status: 404, headers });
    const body = new Uint8Array(await readFile(file));
    return new Response(body, { headers: { ...headers, 'content-type': mediaTypes[extname(file)] ?? '' } });
  });
}

async function list(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return list(path);
    return entry.isFile() && extname(entry.name) in mediaTypes ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}

/** True for a URL of the app's own origin. (`URL.origin` is "null" for schemes of one's own.) */
export function isAppUrl(url: string): boolean {
  const parsed = parseUrl(url);
  return parsed !== null && `${parsed.protocol}//${parsed.host}` === appOrigin;
}

/** The decoded path of a URL of the app; empty, and so no file's, for anything else. */
function pathOf(url: string): string {
  if (!isAppUrl(url)) return '';
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return '';
  }
}
