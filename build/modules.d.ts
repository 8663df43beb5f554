/** A precompiled Handlebars template: data in, text out. */
declare module '*.hbs' {
  const template: (data: unknown) => string;
  export default template;
}

/** The source text of a file, loaded by the bundler. */
declare module '*?raw' {
  const text: string;
  export default text;
}

/** A file as a `data:` address, put into the bundle. */
declare module '*?inline' {
  const url: string;
  export default url;
}
