import { Highlight } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { type Entry, type EntryGroup, find } from './find.ts';
import styles from './SearchBox.module.css';

/** Entries of a group that are listed; who looks for another one types on. */
const MOST = 12;

/** A field, and the list of what it finds: arrows choose, Enter carries out, while the focus stays in the field. */
export function SearchBox(props: {
  readonly label: string;
  readonly groups: readonly EntryGroup[];
  readonly onChosen: (entry: Entry) => void;
}) {
  const { label, groups, onChosen } = props;
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  // Worked out from the text of the field itself, so that Enter never answers to an earlier one.
  const found = find(query, groups, MOST);
  const entries = found.flatMap((group) => group.entries);
  const current = entries[at];
  const choose = (entry: Entry | undefined): void => {
    if (entry && !entry.disabled) onChosen(entry);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') choose(current);
    else if (step === undefined) return;
    else if (entries.length > 0) setAt((at + step + entries.length) % entries.length);
    event.preventDefault();
  };
  return (
    <>
      <label className={styles.field}>
        <IconSearch size={18} stroke={1.8} />
        <input
          ref={takeFocus}
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={entries.length > 0}
          aria-controls={list}
          aria-activedescendant={current && `${list}-${at}`}
          placeholder={label}
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      {entries.length === 0 ? (
        <p className={styles.nothing} role="status">
          Nothing is called that.
        </p>
      ) : (
        // The focus stays in the field.
        <div
          className={styles.list}
          id={list}
          role="listbox"
          aria-label={label}
          onMouseDown={(event) => event.preventDefault()}
        >
          {found.map(({ title, entries: inGroup, more }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
            <div key={title} role="group" aria-label={title}>
              <div className={styles.title} aria-hidden>
                {title}
                {more > 0 && <span>{more} more</span>}
              </div>
              {inGroup.map((entry) => {
                const index = entries.indexOf(entry);
                return (
                  <Option
                    key={entry.id}
                    id={`${list}-${index}`}
                    entry={entry}
                    query={query.trim()}
                    selected={index === at}
                    onClick={() => choose(entry)}
                  />
                );
              })}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

function Option(props: {
  readonly id: string;
  readonly entry: Entry;
  readonly query: string;
  readonly selected: boolean;
  readonly onClick: () => void;
}) {
  const { id, entry, query, selected, onClick } = props;
  const { label, about, Icon, keys, disabled = false } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
    <div
      id={id}
      ref={selected ? bringIntoView : undefined}
      className={styles.option}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-disabled={disabled}
      data-selected={selected || undefined}
      onClick={onClick}
    >
      {Icon && <Icon className={styles.icon} size={18} stroke={1.6} />}
      <Highlight component="span" className={styles.label} highlight={query} unstyled>
        {label}
      </Highlight>
      {about && <span className={styles.about}>{about}</span>}
      {disabled ? <span className={styles.keys}>not now</span> : <kbd className={styles.keys}>{keys}</kbd>}
    </div>
  );
}

/** At once: what is typed right after the key that opens the dialog belongs into the field. */
const takeFocus = (input: HTMLInputElement | null): void => input?.focus();
const bringIntoView = (option: HTMLElement | null): void => option?.scrollIntoView({ block: 'nearest' });
