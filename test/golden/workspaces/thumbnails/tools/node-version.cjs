// Loaded before anything else, so that an older Node says what is wrong instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  console.error(`This workspace needs Node 22.22 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}
