/** The text of a new design: the least that is one. */
export const blankDesign = (name: string): string =>
  `brokerloom: 1\n\ndesign:\n  name: ${name}\n  environment: prod\n`;
