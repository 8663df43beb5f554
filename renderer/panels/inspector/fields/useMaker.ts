import { kinds } from '../../../../core/kinds/registry.ts';
import { ID } from '../../../../core/text/schema.ts';
import { type Undrawn, undrawn } from '../../../actions/addUndrawn.ts';
import { useAppStore } from '../../../store/store.ts';
import type { Maker } from './Choice.tsx';
import type { ControlProps, RefEditor } from './types.ts';

const isUndrawn = (section: string): section is Undrawn => (undrawn as readonly string[]).includes(section);

/**
 * Makes an element that has no shape and refers to it, as one step. What stands on the canvas is drawn there.
 * @param refer The value of the reference once there is an element of this name.
 */
export function useMaker(
  { address, path, editor, disabled }: ControlProps<RefEditor<'ref' | 'refs'>>,
  refer: (name: string) => unknown,
): Maker | undefined {
  const store = useAppStore();
  const section = editor.to;
  if (disabled || !isUndrawn(section)) return undefined;
  const title = kinds[section].title.toLowerCase();
  return {
    title,
    accepts: (name) => ID.test(name),
    run: (name) => {
      const app = store.getState();
      app.asOneStep(`Add ${title} ${name}`, () => {
        const added = app.run('element.add', { section, id: name });
        return added && app.run('element.set', { address, field: path, value: refer(name) });
      });
    },
  };
}
