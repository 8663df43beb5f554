import { parseAddress } from '../../../../core/design/design.ts';
import { useApp } from '../../../store/store.ts';
import { Choice, type ChoiceOption } from './Choice.tsx';
import { hintOf, withOrigin } from './input.ts';
import { ObjectControl } from './ObjectControl.tsx';
import { referenceOptions } from './references.ts';
import type { ControlProps, RefEditor } from './types.ts';
import { useMaker } from './useMaker.ts';

/** Stands for `true`, the shorthand that makes a dead-letter queue. */
const MAKE = '\u0000make';
const CUSTOM = '\u0000custom';

/** A reference by id. Where the file may also hold the thing itself, its attributes are edited below. */
export function RefControl(props: ControlProps<RefEditor<'ref'>>) {
  const { value, address, path, attribute, editor, onChange } = props;
  const design = useApp((state) => state.shown?.lastValid?.design);
  const make = useMaker(props, (name) => name);
  if (!design) return null;
  const own = address === 'design' ? '' : (parseAddress(address)?.id ?? '');
  const isDeadLetter = path.at(-1) === 'deadLetter';
  const options: ChoiceOption[] = isDeadLetter
    ? [
        { value: MAKE, label: design.queues.has(`${own}.dlq`) ? `${own}.dlq (implied)` : `${own}.dlq` },
        ...[...design.queues]
          .filter(([, queue]) => queue.role === 'dead-letter')
          .map(([id]) => ({ value: id, label: id })),
      ]
    : [...referenceOptions(design, editor.to)].filter((option) => option.value !== own);
  const described = typeof value === 'object' && value !== null;
  const target = described ? (value as { target?: unknown }).target : undefined;
  const current = described ? (typeof target === 'string' ? target : CUSTOM) : value === true ? MAKE : value;
  if (current === CUSTOM) options.unshift({ value: CUSTOM, label: 'described here' });
  if (typeof current === 'string' && !options.some((option) => option.value === current))
    options.push({ value: current, label: current });

  const pick = (next: string | undefined): void => {
    if (next === CUSTOM) return;
    onChange(next === MAKE ? true : next);
  };
  return (
    <>
      <Choice
        id={props.id}
        label={props.label}
        mono
        options={options}
        value={typeof current === 'string' ? current : undefined}
        fallback={isDeadLetter ? 'none' : withOrigin(hintOf(attribute))}
        disabled={props.disabled}
        required={attribute.required === true}
        onChange={pick}
        make={isDeadLetter ? undefined : make}
      />
      {described && <ObjectControl {...props} editor={{ type: 'object' }} />}
    </>
  );
}
