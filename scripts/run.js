import { join } from 'node:path';

/**
 * Starts `scripts/NAME.ts`, which plain Node runs by stripping its types. An older Node fails on the first type with a
 * syntax error; this file is JavaScript so that it can say what to do instead.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Brokerloom's scripts need Node 22.18 or newer; this is ${process.versions.node}. See https://nodejs.org`,
  );
  process.exit(2);
}
const [name] = process.argv.splice(2, 1);
const script = join(import.meta.dirname, `${name}.ts`);
process.argv[1] = script;
await import(script);
