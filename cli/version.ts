import manifest from '../package.json?raw';

/** Version of the program, from package.json. */
export const version: string = JSON.parse(manifest).version;
