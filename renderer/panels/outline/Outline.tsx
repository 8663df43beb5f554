import { type KeyboardEvent, useRef } from 'react';
import { addressOf, type ElementAddress } from '../../../core/design/design.ts';
import { type kinds, sections } from '../../../core/kinds/registry.ts';
import { useApp } from '../../store/store.ts';
import { AddUndrawn } from './AddUndrawn.tsx';
import styles from './Outline.module.css';

/** Every element of the design as a tree: the way to all of them by keyboard and screen reader. */
export function Outline() {
  const design = useApp((state) => state.shown?.graph?.design);
  const origins = useApp((state) => state.shown?.graph?.origins);
  const selected = useApp((state) => state.selected);
  const select = useApp((state) => state.select);
  const tree = useRef<HTMLDivElement>(null);
  if (!design || !origins) return null;
  const groups = sections
    .map((section) => ({
      section,
      ids: [...design[section].keys()].filter((id) => !origins.has(addressOf(section, id))),
    }))
    .filter(({ ids }) => ids.length > 0);
  const first = groups[0] && addressOf(groups[0].section, groups[0].ids[0] ?? '');
  const current = [...selected].find((address) => !origins.has(address)) ?? first;

  const move = (event: KeyboardEvent, address: ElementAddress): void => {
    const items = [...(tree.current?.querySelectorAll<HTMLElement>('[data-address]') ?? [])];
    const at = items.findIndex((item) => item.dataset['address'] === address);
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
    };
    const target = items[targets[event.key] ?? -1];
    if (event.key === 'Enter' || event.key === ' ') select([address], 'panel');
    else if (target) {
      target.focus();
      select([target.dataset['address'] as ElementAddress], 'panel');
    } else return;
    event.preventDefault();
  };

  return (
    <div className={styles.panel}>
      <AddUndrawn />
      <div ref={tree} className={styles.outline} role="tree" aria-label="Outline">
        {groups.map(({ section, ids }) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus moves between the elements
          <div key={section} className={styles.section} role="treeitem" aria-expanded aria-label={section}>
            <div className={styles.heading}>{heading(section)}</div>
            {/* biome-ignore lint/a11y/useSemanticElements: a group of tree items */}
            <div role="group">
              {ids.map((id) => {
                const address = addressOf(section, id);
                return (
                  <div
                    key={id}
                    className={styles.item}
                    role="treeitem"
                    tabIndex={address === current ? 0 : -1}
                    data-entry={address === current ? '' : undefined}
                    data-address={address}
                    aria-selected={selected.has(address)}
                    onClick={() => select([address], 'panel')}
                    onKeyDown={(event) => move(event, address)}
                  >
                    <span title={id}>{id}</span>
                  </div>
                );
              })}
            </div>
          </div>
        ))}
      </div>
      {groups.length === 0 && <p className={styles.empty}>Elements that you add are listed here.</p>}
    </div>
  );
}

/** retryPolicies → retry policies */
const heading = (section: keyof typeof kinds): string =>
  section.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
