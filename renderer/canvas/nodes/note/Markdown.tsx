import type { ReactNode } from 'react';
import type { Block, Inline } from '../../../../core/drawing/note/markdown.ts';
import { useHost } from '../../../panels/hostContext.ts';
import styles from './NoteNode.module.css';

/** The blocks of a note. There is no way in it for HTML, and links are opened by the host alone. */
export const Markdown = ({ blocks }: { readonly blocks: readonly Block[] }): ReactNode =>
  blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their place
    <BlockView key={index} block={block} />
  ));

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Words parts={block.parts} />
        </p>
      );
    // Headings of a note are none of the page.
    case 'heading':
      return (
        <p className={styles.heading} data-depth={Math.min(3, block.depth)}>
          <Words parts={block.parts} />
        </p>
      );
    case 'list': {
      const items = block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <li key={index}>
          <Markdown blocks={item} />
        </li>
      ));
      return block.start === undefined ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
    case 'quote':
      return (
        <blockquote>
          <Markdown blocks={block.blocks} />
        </blockquote>
      );
    case 'code':
      return <pre>{block.text}</pre>;
    case 'rule':
      return <hr />;
  }
}

const Words = ({ parts }: { readonly parts: readonly Inline[] }): ReactNode =>
  parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words have no identity but their place
    <Word key={index} part={part} />
  ));

function Word({ part }: { readonly part: Inline }) {
  const host = useHost();
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return <code>{part.text}</code>;
    case 'strong':
      return (
        <strong>
          <Words parts={part.parts} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Words parts={part.parts} />
        </em>
      );
    case 'break':
      return <br />;
    case 'link': {
      const { url } = part;
      if (url === undefined) return <Words parts={part.parts} />;
      return (
        <button
          type="button"
          // The canvas is one stop of Tab; a link is reached from the text of the note in the inspector as well.
          tabIndex={-1}
          className="nodrag nopan"
          title={url}
          onClick={(event) => {
            event.stopPropagation();
            void host.appOpenExternal({ url });
          }}
        >
          <Words parts={part.parts} />
        </button>
      );
    }
  }
}
