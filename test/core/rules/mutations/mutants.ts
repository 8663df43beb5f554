import type { Section } from '../../../../core/kinds/registry.ts';
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
  for (const { path, value: element } of elementsOf(clean, section)) {
    const id = path[1] ?? '';
    const before = valueAt(element, field);
    if (on ? !on.includes(id) : before === undefined) continue;
    for (const value of to) {
      if (JSON.stringify(before) === JSON.stringify(value)) continue;
      const label = `${name}: ${[...path].join('/')} ${field.join('.')} = ${JSON.stringify(value) ?? 'missing'}`;
      yield { name: label, design: changed(clean, [...path, ...field], value, label) };
    }
  }
}

/** The elements of a section with their paths; `design` is an element of its own. */
function elementsOf({ design }: Reviewable, section: string) {
  if (section === 'design') return [{ path: ['design'], value: design.design as unknown }];
  return [...design[section as Section]].map(([id, value]) => ({
    path: [section, id],
    value: value as unknown,
  }));
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
