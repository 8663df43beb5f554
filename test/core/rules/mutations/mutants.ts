import type { Reviewable } from '../../../../core/review/review.ts';
import { applyEdits } from '../../../../core/text/compose.ts';
import { editText } from '../../../../core/text/edit.ts';
import { load } from '../../../../core/text/load.ts';
import type { Path } from '../../../../core/text/source.ts';
import type { Break } from './breaks.ts';

/** A clean design with one attribute changed. */
export interface Mutant {
  /** What was changed, such as `orders: queues/payments deliveryLimit = -1`. */
  readonly name: string;
  readonly design: Reviewable;
}

/** Every design that one break gives when it is applied to every element that it fits in a clean design. */
export function* mutantsOf(clean: Reviewable, name: string, { attribute, to, on }: Break): Generator<Mutant> {
  const [section = '', ...field] = attribute.split('.');
  const elements = clean.design[section as 'queues'];
  for (const id of on ?? elements.keys()) {
    if (!elements.has(id) || (!on && valueAt(elements.get(id), field) === undefined)) continue;
    for (const value of to) {
      if (JSON.stringify(valueAt(elements.get(id), field)) === JSON.stringify(value)) continue;
      const label = `${name}: ${section}/${id} ${field.join('.')} = ${JSON.stringify(value) ?? 'missing'}`;
      yield { name: label, design: changed(clean, [section, id, ...field], value, label) };
    }
  }
}

function changed({ source }: Reviewable, path: Path, value: unknown, label: string): Reviewable {
  const edits = editText(source, [value === undefined ? { op: 'remove', path } : { op: 'set', path, value }]);
  if (!edits.ok) throw new Error(`${label}: ${edits.error.message}`);
  const { design, source: next, problems } = load(applyEdits(source.text, edits.value), source.cache);
  if (!design || !next) throw new Error(`${label}: ${JSON.stringify(problems)}`);
  return { design, source: next };
}

const valueAt = (element: unknown, field: readonly string[]): unknown =>
  field.reduce((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], element);
