import { checkSteps, unitStep } from './lib/check-steps.ts';
import { runSteps } from './lib/steps.ts';

/** `npm run check`: everything that is quick to know. One line a step; exit 1 when one failed. */
const failed = await runSteps([...checkSteps, unitStep]);
process.exitCode = failed.length === 0 ? 0 : 1;
