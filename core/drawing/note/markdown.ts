import { fromMarkdown } from 'mdast-util-from-markdown';

type RootContent = ReturnType<typeof fromMarkdown>['children'][number];
type PhrasingContent = Extract<RootContent, { type: 'paragraph' }>['children'][number];

/** Words of a note. What is not Markdown of the common kind, such as HTML, is text like any other. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly parts: readonly Inline[] }
  /** `url` is `undefined` where the target is not on the web: such a link is shown and leads nowhere. */
  | { readonly kind: 'link'; readonly url: string | undefined; readonly parts: readonly Inline[] }
  | { readonly kind: 'break' };

export type Block =
  | { readonly kind: 'heading'; readonly depth: number; readonly parts: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | {
      readonly kind: 'list';
      readonly start: number | undefined;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' };

/** The blocks of a note that is written in Markdown (CommonMark). */
export const blocksOf = (markdown: string): readonly Block[] =>
  fromMarkdown(markdown).children.flatMap(block);

function block(node: RootContent): readonly Block[] {
  switch (node.type) {
    case 'heading':
      return [{ kind: 'heading', depth: node.depth, parts: node.children.flatMap(inline) }];
    case 'paragraph':
      return [{ kind: 'paragraph', parts: node.children.flatMap(inline) }];
    case 'list':
      return [
        {
          kind: 'list',
          start: node.ordered ? (node.start ?? 1) : undefined,
          items: node.children.map(({ children }) => children.flatMap(block)),
        },
      ];
    case 'blockquote':
      return [{ kind: 'quote', blocks: node.children.flatMap(block) }];
    case 'code':
      return [{ kind: 'code', text: node.value }];
    case 'html':
      return [{ kind: 'paragraph', parts: [{ kind: 'text', text: node.value }] }];
    case 'thematicBreak':
      return [{ kind: 'rule' }];
    default:
      return [];
  }
}

function inline(node: PhrasingContent): readonly Inline[] {
  switch (node.type) {
    case 'text':
    case 'html':
      return [{ kind: 'text', text: node.value }];
    case 'inlineCode':
      return [{ kind: 'code', text: node.value }];
    case 'strong':
    case 'emphasis':
      return [{ kind: node.type, parts: node.children.flatMap(inline) }];
    case 'link':
      return [{ kind: 'link', url: webAddress(node.url), parts: node.children.flatMap(inline) }];
    case 'break':
      return [{ kind: 'break' }];
    // A picture would be fetched from elsewhere when a design is opened: its text stands for it.
    case 'image':
      return node.alt ? [{ kind: 'text', text: node.alt }] : [];
    default:
      return 'children' in node ? (node.children as PhrasingContent[]).flatMap(inline) : [];
  }
}

/** Hosts open nothing but `https:`, so nothing else is offered as a link. */
const webAddress = (url: string): string | undefined => (/^https:\/\/[^\s]+$/i.test(url) ? url : undefined);
