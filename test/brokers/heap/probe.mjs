// Loaded before a program: writes what is left of its heap after a full collection, once a second.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
setInterval(() => {
  collect();
  process.stdout.write(`heap ${process.memoryUsage().heapUsed}\n`);
}, 1_000).unref();
