/** Metrics that an expression names, with the labels that it asks for or groups by: enough of PromQL to find them. */
export function namedIn(expression: string): { readonly metrics: string[]; readonly labels: string[] } {
  const labels: string[] = [];
  const rest = expression
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\{([^}]*)\}/g, (_, matchers: string) => {
      labels.push(...[...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, name]) => name as string));
      return ' ';
    })
    .replace(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g, (_, names: string) => {
      labels.push(...names.split(',').map((name) => name.trim()));
      return ' ';
    })
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b[a-z_]+\s*(?=\()/g, ' ');
  const words = rest.match(/[a-z_:][\w:]*/gi) ?? [];
  return { metrics: words.filter((word) => !['and', 'or', 'unless'].includes(word)), labels };
}
