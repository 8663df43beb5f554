import { type ExportFormat, exportFormats } from '../export/formats.ts';
import { limits } from '../text/limits.ts';
import { z } from '../zod.ts';

/**
 * Stands for a document. The host keeps the path (desktop) or the file handle (web); the page never sees or sends
 * either. Opaque, unguessable, valid until the host ends.
 */
export const DocToken = z.string().regex(/^doc_[\w-]{22}$/);
/** Stands for a folder the user picked as the target of `generate`; as opaque as {@link DocToken}. */
export const FolderToken = z.string().regex(/^dir_[\w-]{22}$/);
/** Stands for the file the user picked as the target of an export; as opaque as {@link DocToken}. */
export const ExportToken = z.string().regex(/^exp_[\w-]{22}$/);
/** SHA-256 of a file's bytes, in hex. */
export const ContentHash = z.string().regex(/^[0-9a-f]{64}$/);

const DesignText = z.string().max(limits.characters);
const FileName = z.string().min(1).max(255);
const Timestamp = z.iso.datetime();
const Nothing = z.strictObject({});
const DocOnly = z.strictObject({ doc: DocToken });

/** A document as the user knows it. `folder` is a label to show, never used to find the file. */
const Listed = z.strictObject({ doc: DocToken, name: FileName, folder: z.string() });
/** Unsaved text found in the journal; `baseHash` is the file content it was an edit of (null: a new file). */
const Recovered = z.strictObject({ text: DesignText, baseHash: ContentHash.nullable(), at: Timestamp });

const Opened = z.strictObject({
  status: z.literal('opened'),
  ...Listed.shape,
  /** Text on disk; empty for a document that was never saved. */
  text: DesignText,
  /** Null when there is no file yet. */
  hash: ContentHash.nullable(),
  /** Present when the journal holds a different text than the disk: the user chooses. */
  recovered: Recovered.nullable(),
});
const Failed = z.strictObject({
  status: z.literal('failed'),
  code: z.string().regex(/^LOOM_[A-Z_]+$/),
  /** What happened, what was kept and what to do, in one or two sentences. */
  reason: z.string(),
});
const Cancelled = z.strictObject({ status: z.literal('cancelled') });
const Saved = z.strictObject({ status: z.literal('saved'), ...Listed.shape, hash: ContentHash });
/** The file is not what the edit started from. Null text and hash: it was deleted. */
const ConflictOnDisk = z.strictObject({
  status: z.literal('conflictOnDisk'),
  text: DesignText.nullable(),
  hash: ContentHash.nullable(),
});

const OpenResult = z.discriminatedUnion('status', [Opened, Cancelled, Failed]);

const Change = z.strictObject({
  path: z.string(),
  status: z.enum(['new', 'changed', 'unchanged', 'merged', 'conflict', 'kept', 'deleted']),
  /** `yours` is written once and never touched again. */
  ownership: z.enum(['generated', 'yours']),
  /** Text on disk; null when there is no file, or when it is no text. */
  before: z.string().nullable(),
  /** Text after the write; of a conflict, what is put beside the file. Null when there is no file. */
  after: z.string().nullable(),
  /** What the generator makes of a file that has edits of the user. */
  pristine: z.string().optional(),
  /** Why, where the status alone does not say it; one sentence. */
  reason: z.string().optional(),
});
const Problem = z.strictObject({
  code: z.string(),
  message: z.string(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
  /** Element address such as `queues/payments`, where the problem belongs to one. */
  element: z.string().optional(),
  hint: z.string().optional(),
});
const GenerateResult = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('done'), changes: z.array(Change) }),
  /** The design cannot be generated; nothing was written. */
  z.strictObject({ status: z.literal('problems'), problems: z.array(Problem).min(1) }),
  Failed,
]);
const GenerateRequest = z.strictObject({ doc: DocToken, text: DesignText, folder: FolderToken });

/** Every request the page may make of its host, with the shape of question and answer. */
export const ipc = {
  /** What runs: for the about box and for bug reports. */
  'app.info': {
    in: Nothing,
    out: z.strictObject({
      kind: z.enum(['desktop', 'web']),
      version: z.string(),
      platform: z.string(),
      runtime: z.record(z.string(), z.string()),
    }),
  },
  /**
   * What to show first: the file given at start, else the document with the newest unsaved text. And what else there
   * is: documents with unsaved text, recent documents.
   */
  'app.start': {
    in: Nothing,
    out: z.strictObject({
      initial: z.discriminatedUnion('status', [Opened, Failed]).nullable(),
      unsaved: z.array(z.strictObject({ ...Listed.shape, at: Timestamp })),
      recent: z.array(Listed),
    }),
  },
  /** Opens the user's browser; anything but a well-formed https URL is refused. */
  'app.openExternal': {
    in: z.strictObject({ url: z.string().max(2048) }),
    out: z.strictObject({ opened: z.boolean() }),
  },
  /** Takes a document off the list of recent ones; its file stays. */
  'app.forgetRecent': { in: DocOnly, out: z.strictObject({ recent: z.array(Listed) }) },
  /** Tells the host whether closing the window would lose edits of this document. */
  'app.setDirty': { in: z.strictObject({ doc: DocToken, dirty: z.boolean() }), out: Nothing },
  /** Answers `app.saveRequested`: true once everything is saved and the window may close. */
  'app.confirmClose': { in: z.strictObject({ saved: z.boolean() }), out: Nothing },
  /** A document without a file; its first save asks where. */
  'design.create': { in: z.strictObject({ name: FileName }), out: Opened },
  /** Asks the user for a file. */
  'design.open': { in: Nothing, out: OpenResult },
  /** Opens a file that was dropped on the window. The path comes from the host's own side of the page, never from the page. */
  'design.dropped': { in: z.strictObject({ path: z.string().min(1).max(4096) }), out: OpenResult },
  /** Reads a known document again: a recent one, an unsaved one, or to reload it. */
  'design.read': { in: DocOnly, out: OpenResult },
  /** Saves if the disk still holds `baseHash` (null: no file), else reports the conflict and writes nothing. */
  'design.save': {
    in: z.strictObject({ doc: DocToken, text: DesignText, baseHash: ContentHash.nullable() }),
    out: z.discriminatedUnion('status', [Saved, ConflictOnDisk, Cancelled, Failed]),
  },
  /** Asks the user for a place; the answer carries the token of the document it became. */
  'design.saveAs': {
    in: z.strictObject({ doc: DocToken, text: DesignText }),
    out: z.discriminatedUnion('status', [Saved, Cancelled, Failed]),
  },
  /** Keeps unsaved text where a crash cannot reach it. Call at most 1 s after a change. */
  'journal.write': {
    in: z.strictObject({ doc: DocToken, text: DesignText, baseHash: ContentHash.nullable() }),
    out: z.strictObject({ at: Timestamp }),
  },
  'journal.read': { in: DocOnly, out: z.strictObject({ recovered: Recovered.nullable() }) },
  /** Forgets unsaved text: the user discarded it. Saving does so by itself. */
  'journal.discard': { in: DocOnly, out: Nothing },
  /**
   * The configuration that says how a document is reviewed: the nearest `brokerloom.config.yaml` above it. The host
   * watches for it until it is asked about another document.
   */
  'review.config': {
    in: DocOnly,
    out: z.discriminatedUnion('status', [
      z.strictObject({
        status: z.literal('found'),
        text: DesignText,
        /** A label to show. */
        folder: z.string(),
        /** Path of the document from the folder of the configuration, with forward slashes. */
        design: z.string(),
      }),
      z.strictObject({ status: z.literal('none') }),
      /** The host cannot look around the document, as in a browser. */
      z.strictObject({ status: z.literal('unsupported') }),
      Failed,
    ]),
  },
  /** Asks the user for the folder to generate into. */
  'generate.pickFolder': {
    in: Nothing,
    out: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('picked'), folder: FolderToken, name: z.string() }),
      Cancelled,
      Failed,
    ]),
  },
  /** What `generate.write` would do to the folder, null: to an empty one; writes nothing. */
  'generate.preview': {
    in: z.strictObject({ ...GenerateRequest.shape, folder: FolderToken.nullable() }),
    out: GenerateResult,
  },
  /** Asks the user where to export to. */
  'export.pick': {
    in: z.strictObject({ doc: DocToken, format: z.enum(Object.keys(exportFormats) as [ExportFormat]) }),
    out: z.discriminatedUnion('status', [
      z.strictObject({
        status: z.literal('picked'),
        target: ExportToken,
        /** Name of a picture that can stand beside the file; null where there can be but one file. */
        beside: FileName.nullable(),
      }),
      Cancelled,
      Failed,
    ]),
  },
  /** Writes an export, once, where `export.pick` was told to. */
  'export.write': {
    in: z.strictObject({
      target: ExportToken,
      content: z.string().max(256 * 1024 ** 2),
      encoding: z.enum(['utf8', 'base64']),
      /** Text of the picture beside the file. */
      picture: DesignText.nullable(),
    }),
    out: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('saved'), name: FileName, folder: z.string() }),
      Failed,
    ]),
  },
  'generate.write': { in: GenerateRequest, out: GenerateResult },
} as const satisfies Record<string, { in: z.ZodType; out: z.ZodType }>;

/** Commands of the application menu that the page carries out. */
export const MenuCommand = z.enum([
  'new',
  'open',
  'save',
  'saveAs',
  'templates',
  'exportSvg',
  'exportPng',
  'exportMermaid',
  'exportMarkdown',
  'generate',
  'undo',
  'redo',
  'selectAll',
  'toggleYaml',
  'fitView',
  'commands',
  'shortcuts',
]);

/** Every message the host sends to the page on its own. */
export const ipcEvents = {
  /** Someone else changed the file. Null text and hash: it was deleted; the document and its edits stay. */
  'design.changedOnDisk': z.strictObject({
    doc: DocToken,
    text: DesignText.nullable(),
    hash: ContentHash.nullable(),
  }),
  /** The configuration of the review was written, moved or deleted, or there is a nearer one. */
  'review.configChanged': DocOnly,
  /** The user asked to open this document from outside the page. */
  'design.openRequested': DocOnly,
  /** The window wants to close and the user chose to save: save, then answer with `app.confirmClose`. */
  'app.saveRequested': Nothing,
  'app.menuCommand': z.strictObject({ command: MenuCommand }),
} as const satisfies Record<string, z.ZodType>;

export type Channel = keyof typeof ipc;
export type EventChannel = keyof typeof ipcEvents;
export type In<C extends Channel> = z.infer<(typeof ipc)[C]['in']>;
export type Out<C extends Channel> = z.infer<(typeof ipc)[C]['out']>;
export type Payload<C extends EventChannel> = z.infer<(typeof ipcEvents)[C]>;

export type DocToken = z.infer<typeof DocToken>;
export type ExportToken = z.infer<typeof ExportToken>;
export type FolderToken = z.infer<typeof FolderToken>;
export type ContentHash = z.infer<typeof ContentHash>;
export type Listed = z.infer<typeof Listed>;
export type Opened = z.infer<typeof Opened>;
export type Failed = z.infer<typeof Failed>;
export type Recovered = z.infer<typeof Recovered>;
export type GenerateChange = z.infer<typeof Change>;
export type GenerateProblem = z.infer<typeof Problem>;
export type MenuCommand = z.infer<typeof MenuCommand>;

type Camel<C extends string> = C extends `${infer Area}.${infer Verb}` ? `${Area}${Capitalize<Verb>}` : never;

/**
 * The host as the page sees it: one named function per channel (`design.save` → `designSave`) and one subscription
 * per event (`design.changedOnDisk` → `onDesignChangedOnDisk`), which returns its own end.
 */
export type HostApi = {
  readonly [C in Channel as Camel<C>]: (input: In<C>) => Promise<Out<C>>;
} & {
  readonly [C in EventChannel as `on${Capitalize<Camel<C>>}`]: (
    listener: (event: Payload<C>) => void,
  ) => () => void;
};
