import type { Report } from '../report.ts';

/** A file together with the result of its review. */
export interface ReviewedFile {
  /** Path as the user gave it, with forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly report: Report;
}

/** How a terminal stresses text; each function returns its argument where there is no colour. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly green: (text: string) => string;
}

const same = (text: string): string => text;
/** Stresses nothing. */
export const PLAIN: Style = {
  bold: same,
  dim: same,
  red: same,
  yellow: same,
  blue: same,
  cyan: same,
  green: same,
};

export interface FormatOptions {
  /** Missing = no colours. */
  readonly style?: Style;
  /** Makes a text that comes from a file harmless for where it is shown; missing = as it is. */
  readonly shown?: (text: string) => string;
  /** Version of the product, where the format names its tool. */
  readonly version?: string;
  /** Absolute URL, with its last slash, under which `docs/` is published; missing = links lead to the vendor's documentation. */
  readonly docsBase?: string;
}

/** Writes the results of a review as text. Pure: equal input gives equal bytes. */
export type Formatter = (files: readonly ReviewedFile[], options?: FormatOptions) => string;

/** `1 error`, `2 errors`. */
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** The numbers of several reports in one line: `3 errors, 1 warning, 2 waived`. */
export function summary(files: readonly ReviewedFile[]): string {
  const total = (key: keyof Report['counts']): number =>
    files.reduce((sum, { report }) => sum + report.counts[key], 0);
  const parts = [
    counted(total('error'), 'error'),
    counted(total('warn'), 'warning'),
    ...(total('info') > 0 ? [`${total('info')} info`] : []),
    ...(total('waived') > 0 ? [`${total('waived')} waived`] : []),
    ...(total('known') > 0 ? [`${total('known')} known before`] : []),
    ...(total('unknown') > 0 ? [`${total('unknown')} unknown`] : []),
  ];
  return parts.join(', ');
}
