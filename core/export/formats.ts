/** Forms that a design can be exported to. */
export const exportFormats = {
  svg: { label: 'SVG picture', extension: 'svg', mime: 'image/svg+xml' },
  png: { label: 'PNG picture', extension: 'png', mime: 'image/png' },
  mermaid: { label: 'Mermaid flowchart', extension: 'mmd', mime: 'text/plain' },
  markdown: { label: 'Markdown document', extension: 'md', mime: 'text/markdown' },
} as const satisfies Record<string, { label: string; extension: string; mime: string }>;
export type ExportFormat = keyof typeof exportFormats;

/** The name of an exported file: that of the design with another ending. */
export const exportName = (designFile: string, format: ExportFormat): string =>
  `${designFile.replace(/\.loom\.ya?ml$|\.ya?ml$/, '')}.${exportFormats[format].extension}`;
