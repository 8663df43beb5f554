/** Handlebars without its compiler: all that a precompiled template needs. */
declare module 'handlebars/runtime.js' {
  const runtime: { registerHelper(helpers: object): void };
  export default runtime;
}
