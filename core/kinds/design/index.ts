import { num, oneOf, shaped, text } from '../attribute.ts';
import { recordOf } from '../form.ts';
import { safeText } from '../values.ts';

export const environments = ['local', 'staging', 'prod'] as const;

/** Attributes of the design itself; the `design:` section holds one of these, not a map. */
export const designAttributes = {
  name: text({
    required: true,
    group: 'Identity',
    doc: 'Name of the design; generated packages are named after it.',
  }),
  version: text({
    group: 'Identity',
    form: 'semantic version',
    doc: 'Version of the design, as its owners count.',
  }),
  description: text({ group: 'Identity', doc: 'What the system is for.' }),
  environment: oneOf(environments, {
    group: 'Identity',
    doc: 'Where the design runs; findings are one step milder for `local`.',
    default: { value: 'local', why: 'a design under work runs on one machine' },
  }),
  growthFactor: num({
    min: 1,
    max: 10_000,
    group: 'Capacity',
    unit: 'factor',
    doc: 'Growth that the design must bear, as a factor on every rate.',
    default: { value: 10, why: 'the usual question in a design review' },
  }),
  naming: shaped(recordOf(safeText), {
    group: 'Identity',
    form: 'map from section to regular expression',
    doc: 'Regular expression for the names of each kind.',
    default: {
      value: 'domain.entity.event for messages',
      why: 'routing keys and bindings read like the messages',
    },
  }),
} as const;
