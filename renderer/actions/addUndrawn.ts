import { addedId } from '../../core/commands/element.add.ts';
import { addressOf, type ElementAddress } from '../../core/design/design.ts';
import { kinds, type Section } from '../../core/kinds/registry.ts';
import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';

/** Sections whose elements have no shape and are not made by connecting or by a fix. */
export const undrawn = ['services', 'messages', 'flows', 'retryPolicies', 'idempotencyPolicies'] as const;
export type Undrawn = (typeof undrawn)[number] & Section;

/** What the selection says about a new element: a flow leads from the selected producers to the selected consumers. */
function fromSelection({ selected }: AppState, section: Undrawn): Readonly<Record<string, unknown>> {
  if (section !== 'flows') return {};
  const idsIn = (kind: 'producers' | 'consumers'): string[] =>
    [...selected].flatMap((address) =>
      address.startsWith(`${kind}/`) ? [address.slice(kind.length + 1)] : [],
    );
  const [from, to] = [idsIn('producers'), idsIn('consumers')];
  return { ...(from.length > 0 && { from }), ...(to.length > 0 && { to }) };
}

/** Adds an element that has no shape, selects it and asks for its name. */
export function addUndrawn(app: AppState, section: Undrawn): void {
  const design = app.session?.design;
  if (!design) return;
  const args = { section, value: fromSelection(app, section) };
  const address: ElementAddress = addressOf(section, addedId(design, args));
  if (!app.run('element.add', args)) return;
  app.select([address], 'panel');
  app.startNaming(address);
}

const add = (section: Undrawn): ActionDefinition => ({
  label: `Add a ${kinds[section].title.toLowerCase()}`.replace(/ a (?=[aeiou])/, ' an '),
  group: 'Edit',
  scope: 'always',
  enabled: (app) => app.shown?.valid === true,
  run: (app) => addUndrawn(app, section),
});

/** Adding what the canvas has no shape for. */
export const addActions = {
  'add.service': add('services'),
  'add.message': add('messages'),
  'add.flow': add('flows'),
  'add.retryPolicy': add('retryPolicies'),
  'add.idempotencyPolicy': add('idempotencyPolicies'),
} as const satisfies Record<string, ActionDefinition>;
