/** What Vite makes of a glob that asks for raw text: https://vite.dev/guide/features#glob-import */
interface ImportMeta {
  glob(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string>;
}
