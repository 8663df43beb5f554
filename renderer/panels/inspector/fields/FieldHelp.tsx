import type { Attribute } from '../../../../core/kinds/attribute.ts';
import { useHost } from '../../hostContext.ts';
import styles from './Field.module.css';
import { defaultText } from './input.ts';

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What an attribute means, why its default is what it is, and where that is written. */
export function FieldHelp({ attribute }: { readonly attribute: Attribute }) {
  const host = useHost();
  const { doc, default: fallback, source } = attribute;
  return (
    <div className={styles.help}>
      <p>{doc}</p>
      {fallback && (
        <p>
          <b>Why {defaultText(attribute)}?</b> {sentence(fallback.why)}
        </p>
      )}
      {source && (
        <button
          type="button"
          className={styles.source}
          onClick={() => void host.appOpenExternal({ url: source })}
        >
          {source.replace(/^https:\/\/(www\.)?/, '')}
        </button>
      )}
    </div>
  );
}
