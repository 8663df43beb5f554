import { CloseButton, TextInput, useComputedColorScheme } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { brokerLabels } from '../../core/kinds/brokers.ts';
import { templateList } from '../../examples/templates.ts';
import { useApp } from '../store/store.ts';
import styles from './Gallery.module.css';
import { matching } from './search.ts';
import { type Preview, previewOf } from './thumbnails.ts';

interface GalleryProps {
  /** Has a title of its own; missing where the dialog around it has one. */
  readonly titled?: boolean;
  readonly onChosen?: () => void;
}

/** Templates with a small true drawing of each; typing narrows them down. */
export default function Gallery({ titled = false, onChosen }: GalleryProps) {
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!titled) search.current?.focus();
  }, [titled]);
  const [query, setQuery] = useState('');
  const startFrom = useApp((state) => state.startFrom);
  const found = matching(templateList, query);
  const choose = (id: string, text: string) => {
    onChosen?.();
    void startFrom(id, text);
  };
  return (
    <section className={styles.gallery} aria-label="Templates">
      <header className={styles.head}>
        {titled && <h2>Start from a template</h2>}
        <TextInput
          className={styles.search}
          size="xs"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [first] = found;
            if (event.key === 'Enter' && first && query !== '') choose(first.id, first.text);
          }}
          placeholder="Search templates"
          aria-label="Search templates"
          ref={search}
          leftSection={<IconSearch size={14} />}
          rightSection={
            query && <CloseButton size="xs" aria-label="Show all templates" onClick={() => setQuery('')} />
          }
        />
      </header>
      {found.length === 0 ? (
        <p className={styles.nothing} role="status">
          No template is about “{query}”. Try a pattern such as queue, saga or replay, or a broker.
        </p>
      ) : (
        <ul className={styles.cards}>
          {found.map(({ id, title, summary, text }) => (
            <li key={id}>
              <button
                type="button"
                className={styles.card}
                onClick={() => choose(id, text)}
                data-template={id}
              >
                <Picture text={text} />
                <span className={styles.title}>{title}</span>
                <span className={styles.summary}>{summary}</span>
                <Brokers text={text} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The drawings come one after the other, so that the gallery itself is there at once. */
function usePreview(text: string): Preview | undefined {
  const theme = useComputedColorScheme('light');
  const [preview, setPreview] = useState<Preview>();
  useEffect(() => {
    const soon = setTimeout(() => setPreview(previewOf(text, theme)));
    return () => clearTimeout(soon);
  }, [text, theme]);
  return preview;
}

function Picture({ text }: { readonly text: string }) {
  const preview = usePreview(text);
  return (
    <span className={styles.picture}>
      {preview && <img src={preview.picture} alt="" draggable={false} />}
    </span>
  );
}

function Brokers({ text }: { readonly text: string }) {
  const preview = usePreview(text);
  return (
    <span className={styles.brokers}>
      {preview?.brokers.map((kind) => (
        <span key={kind} data-broker={kind}>
          {brokerLabels[kind]}
        </span>
      ))}
    </span>
  );
}
