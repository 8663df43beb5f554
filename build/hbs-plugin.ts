import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { Plugin } from 'vite';

/** Helpers that templates may use; they are implemented in `generators/kit/templates.ts`. */
const knownHelpers = { ident: true, str: true, comment: true, py: true, hash: true, name: true };

/**
 * Precompiles `*.hbs` at build time. Handlebars' own `compile` needs `new Function`, which the content security
 * policy of the app forbids; a precompiled template needs only the runtime.
 */
export function hbs(): Plugin {
  return {
    name: 'hbs-precompile',
    enforce: 'pre',
    load(id) {
      const file = id.split('?')[0] ?? id;
      if (!file.endsWith('.hbs')) return null;
      this.addWatchFile(file);
      const spec = Handlebars.precompile(readFileSync(file, 'utf8'), {
        strict: true,
        noEscape: true,
        knownHelpers,
        knownHelpersOnly: true,
      });
      return {
        code: `import Handlebars from 'handlebars/runtime.js';\nexport default Handlebars.template(${String(spec)});`,
        map: null,
        moduleType: 'js',
      };
    },
  };
}
