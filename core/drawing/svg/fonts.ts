/** A rule that brings a variable font along, from a `data:` address. */
export const fontFace = (family: string, url: string): string =>
  `@font-face{font-family:'${family}';font-weight:100 800;src:url(${url}) format('woff2')}`;
