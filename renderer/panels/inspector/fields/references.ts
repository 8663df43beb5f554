import type { Design } from '../../../../core/design/design.ts';
import { builtInPolicies } from '../../../../core/design/notices.ts';
import type { RefTarget } from '../../../../core/kinds/attribute.ts';
import { channelSections } from '../../../../core/kinds/registry.ts';
import type { ChoiceOption } from './Choice.tsx';

/** Elements that a reference may name, with the policies that need no entry in the file. */
export function referenceOptions(design: Design, to: RefTarget): readonly ChoiceOption[] {
  const ids =
    to === 'channels'
      ? channelSections.flatMap((section) => [...design[section].keys()])
      : [...design[to].keys()];
  const builtIn = to in builtInPolicies ? builtInPolicies[to as keyof typeof builtInPolicies] : [];
  return [...new Set([...builtIn, ...ids])].map((id) => ({ value: id, label: id }));
}
