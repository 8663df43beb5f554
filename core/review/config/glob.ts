/** Whether a path with forward slashes matches a glob: `*` and `?` within a part, `**` over parts. */
export function matchesGlob(glob: string, path: string): boolean {
  return toRegExp(glob.replace(/^\.\//, '')).test(path);
}

function toRegExp(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*+|\?|[^*?]+/g, (token) => {
    if (token === '**/') return '(?:[^/]+/)*';
    if (token === '**') return '.*';
    if (token.startsWith('*')) return '[^/]*';
    return token === '?' ? '[^/]' : token.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'u');
}
