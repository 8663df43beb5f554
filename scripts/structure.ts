import { boundaryViolations } from './lib/boundaries.ts';
import { lengthViolations, ruleViolations } from './lib/layout.ts';
import { root } from './lib/steps.ts';

/** `npm run structure`: what the compiler cannot see. Import directions, file lengths, a test and a page per rule. */
const violations = [...(await boundaryViolations(root)), ...lengthViolations(root), ...ruleViolations(root)];
for (const violation of violations) console.error(violation);
process.exitCode = violations.length === 0 ? 0 : 1;
