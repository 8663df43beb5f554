import type { ElementAddress } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';

/** What the design asks for and the generator does not make: said with the element and with what to do instead. */
export const unsupported = (element: ElementAddress, message: string, hint: string): Problem => ({
  code: 'LOOM_UNSUPPORTED',
  message: `${element}: ${message}`,
  hint,
  element,
});

export const unresolved = (element: ElementAddress, message: string, hint: string): Problem => ({
  code: 'LOOM_REFERENCE',
  message: `${element}: ${message}`,
  hint,
  element,
});
