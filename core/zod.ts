import { z } from 'zod';

// zod probes `new Function` to speed up objects; the app's content security policy forbids that, and the probe
// itself is reported as a violation. This module is the only importer of zod, so the switch precedes every schema.
z.config({ jitless: true });

export { z };
