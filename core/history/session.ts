import type { CommandDefinition } from '../commands/command.ts';
import { type ArgsOf, type CommandId, commands } from '../commands/registry.ts';
import type { Design } from '../design/design.ts';
import { Graph } from '../design/graph.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import { PartCache } from '../text/cache.ts';
import { applyEdits, composeEdits, invertEdits } from '../text/compose.ts';
import type { LayoutConflict } from '../text/conflicts.ts';
import { editText } from '../text/edit.ts';
import { type Loaded, load } from '../text/load.ts';
import type { Patch, TextEdit } from '../text/patch.ts';
import type { HistoryEntry, Mark, Step, StepOrigin } from './step.ts';

export type { HistoryEntry, Mark, StepOrigin } from './step.ts';

export type ChangeListener = (edits: readonly TextEdit[]) => void;

const INVALID: Problem = {
  code: 'LOOM_COMMAND',
  message: 'The text is not a valid design at the moment.',
  hint: 'Correct the text, or go back to the last valid version.',
};

/**
 * One open document. The text is the truth; the model is its parse. Every change, from whichever view, is a list of
 * text edits on one undo stack, so undo restores every byte.
 */
export class Session {
  readonly #parts = new PartCache();
  #text: string;
  /** What was read last: an earlier text until somebody asks what the present one says. */
  #latest: Loaded;
  #graph: Graph | undefined;
  #lastValid: { readonly loaded: Loaded; readonly design: Design } | undefined;
  readonly #done: Step[] = [];
  #undone: Step[] = [];
  readonly #listeners = new Set<ChangeListener>();
  #lastId = 0;

  /**
   * Why nothing may be changed: the text was opened in a newer format, whose meaning this version cannot keep. Typing a
   * higher number into an open design locks nothing, so that it can be taken back.
   */
  readonly locked: Problem | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#latest = this.#take(load(text, this.#parts));
    this.locked = this.#latest.readOnly?.reason;
  }

  get text(): string {
    return this.#text;
  }

  /** What the text says: read when somebody asks, so that a key after which nobody does costs no parse. */
  get loaded(): Loaded {
    return this.#read();
  }

  /** The model of the text; `undefined` while the text is invalid. */
  get design(): Design | undefined {
    return this.#read().design;
  }

  /**
   * The last text that was valid when somebody asked, which the canvas shows while the present one is not; of a file of a
   * newer format, what this version understands.
   */
  get lastValid(): { readonly loaded: Loaded; readonly design: Design } | undefined {
    this.#read();
    return this.#lastValid;
  }

  /** Graph of the last valid design. */
  get graph(): Graph | undefined {
    const valid = this.lastValid;
    if (valid) this.#graph ??= Graph.of(valid.design);
    return this.#graph;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Labels of the steps that can be undone, the oldest first. */
  get history(): readonly string[] {
    return this.#done.map((step) => step.label);
  }

  /** Every step that can be undone or redone, the oldest first. */
  get entries(): readonly HistoryEntry[] {
    const entry =
      (done: boolean) =>
      ({ id, label, origin }: Step): HistoryEntry => ({ id, label, origin, done });
    return [...this.#done.map(entry(true)), ...this.#undone.map(entry(false)).reverse()];
  }

  /** The step that was done last; 0 where none is. */
  get current(): number {
    return this.#done.at(-1)?.id ?? 0;
  }

  /** Undoes or redoes, as one change, until a step is the last one that is done; 0 is the text as it was opened. */
  goTo(id: number): void {
    const depth = this.entries.findIndex((entry) => entry.id === id) + 1;
    if (depth === 0 && id !== 0) return;
    this.seal();
    const { text } = this;
    let edits: readonly TextEdit[] = [];
    while (this.#done.length !== depth) {
      const isUndo = this.#done.length > depth;
      const step = isUndo ? this.#done.pop() : this.#undone.pop();
      if (!step) break;
      if (isUndo) this.#undone.push(step);
      else this.#done.push({ ...step, key: undefined });
      edits = composeEdits(text, edits, isUndo ? invertEdits(step.edits) : step.edits);
    }
    if (edits.length > 0) this.#apply(edits);
  }

  /** Carries out a command. When it refuses, nothing has changed. */
  run<C extends CommandId>(id: C, args: ArgsOf<C>): Result<readonly TextEdit[], Problem> {
    if (!this.design) return fail(this.#refusal);
    const command = commands[id] as unknown as CommandDefinition<C, ArgsOf<C>>;
    const patches = command.apply(this.design, args);
    if (!patches.ok) return patches;
    const key =
      command.history === 'merge'
        ? `${id} ${command.mergeOn?.(args) ?? JSON.stringify(patches.value.map(({ path }) => path))}`
        : undefined;
    return this.applyPatches(command.label(args), patches.value, key);
  }

  /** Applies patches as one step; quick fixes come this way. What would be no design any more is refused. */
  applyPatches(label: string, patches: readonly Patch[], key?: string): Result<readonly TextEdit[], Problem> {
    const { source, conflict } = this.#read();
    if (!this.design || !source) return fail(this.#refusal);
    if (conflict) return this.#applyResolved(conflict, label, patches);
    const edits = editText(source, patches);
    if (!edits.ok || edits.value.length === 0) return edits;
    // Some values are no part of a design although their type is right, such as a pattern that takes for ever.
    const next = load(applyEdits(this.text, edits.value), this.#parts);
    if (!next.design) return fail(next.problems[0] ?? INVALID);
    this.#record({ label, key, origin: 'command' }, edits.value, next);
    return edits;
  }

  /** Applies patches to a text with conflict markers in its layout, which go with the same step. */
  #applyResolved(
    { resolution }: LayoutConflict,
    label: string,
    patches: readonly Patch[],
  ): Result<readonly TextEdit[], Problem> {
    const { text } = this;
    const mark = this.mark();
    this.#record({ label, key: undefined, origin: 'command' }, resolution);
    const edits = this.applyPatches(label, patches);
    if (edits.ok) this.squash(mark, label);
    else this.bail(mark);
    return edits.ok ? ok(composeEdits(text, resolution, edits.value)) : edits;
  }

  get #refusal(): Problem {
    return this.#read().readOnly?.reason ?? INVALID;
  }

  /**
   * Changes the text directly, as the editor does; a locked text stays as it is.
   * @param options.coalesce Whether this continues the typing before it, so that one undo takes both back.
   * @param options.label What the history calls it.
   * @param options.origin Where the change comes from.
   */
  replaceText(
    edits: readonly TextEdit[],
    {
      coalesce = true,
      label = 'Edit text',
      origin = 'typing',
    }: { readonly coalesce?: boolean; readonly label?: string; readonly origin?: StepOrigin } = {},
  ): void {
    if (edits.length > 0 && !this.locked)
      this.#record({ label, key: coalesce ? 'text' : undefined, origin }, edits);
  }

  /** Takes the conflict markers in the layout, and the places of the other side, out of the text, as one step. */
  resolveConflict(): void {
    const { conflict } = this.#read();
    if (!conflict) return;
    const step = { label: 'Remove the conflict markers', key: undefined, origin: 'command' } as const;
    this.#record(step, conflict.resolution);
  }

  /** Takes the last step back and returns the edits that did so; `undefined` when there is none. */
  undo(): readonly TextEdit[] | undefined {
    const step = this.#done.pop();
    if (!step) return undefined;
    this.seal();
    this.#undone.push(step);
    return this.#apply(invertEdits(step.edits));
  }

  redo(): readonly TextEdit[] | undefined {
    const step = this.#undone.pop();
    if (!step) return undefined;
    this.#done.push({ ...step, key: undefined });
    return this.#apply(step.edits);
  }

  /** Ends a run of typing: what follows is a step of its own. */
  seal(): void {
    const last = this.#done.at(-1);
    if (last?.key !== undefined) this.#done[this.#done.length - 1] = { ...last, key: undefined };
  }

  mark(): Mark {
    this.seal();
    return { depth: this.#done.length, undone: [...this.#undone] };
  }

  /** Takes back everything since the mark, without a trace: what could be redone there can be redone again. */
  bail(mark: Mark): void {
    if (this.#done.length <= mark.depth) return;
    while (this.#done.length > mark.depth) this.undo();
    this.#undone = [...mark.undone];
  }

  /** Makes one step of everything since the mark, such as the moves of a drag. */
  squash(mark: Mark, label: string): void {
    const steps = this.#done.splice(mark.depth);
    if (steps.length === 0) return;
    const before = steps.reduceRight((text, step) => applyEdits(text, invertEdits(step.edits)), this.text);
    const edits = steps.reduce<readonly TextEdit[]>((sum, step) => composeEdits(before, sum, step.edits), []);
    this.#keep({ label, key: undefined, origin: 'command', edits, id: this.#nextId() }, before);
  }

  /** Tells of every change of the text, with its edits. @returns A function that ends this. */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param next The text after the edits, where it has been read already. */
  #record(step: Pick<Step, 'label' | 'key' | 'origin'>, edits: readonly TextEdit[], next?: Loaded): void {
    if (applyEdits(this.text, edits) === this.text) return;
    const last = this.#done.at(-1);
    const merges = last !== undefined && step.key !== undefined && last.key === step.key;
    this.#undone = [];
    if (merges) {
      this.#done.pop();
      const before = applyEdits(this.text, invertEdits(last.edits));
      this.#keep({ ...last, edits: composeEdits(before, last.edits, edits) }, before);
    } else this.#keep({ ...step, edits, id: this.#nextId() }, this.text);
    this.#apply(edits, next);
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Adds a step, unless it has come to change nothing. */
  #keep(step: Step, before: string): void {
    if (applyEdits(before, step.edits) !== before) this.#done.push(step);
  }

  /** @param next What the text says after the edits, where that is known already. */
  #apply(edits: readonly TextEdit[], next?: Loaded): readonly TextEdit[] {
    this.#text = applyEdits(this.#text, edits);
    if (next) this.#take(next);
    // A listener may put another in its place, which knows the text as it is now.
    for (const listener of [...this.#listeners]) listener(edits);
    return edits;
  }

  /** Reads the text, unless that has been done since its last change. */
  #read(): Loaded {
    return this.#latest.text === this.#text ? this.#latest : this.#take(load(this.#text, this.#parts));
  }

  #take(loaded: Loaded): Loaded {
    this.#latest = loaded;
    const design = loaded.design ?? loaded.readOnly?.design;
    if (design) {
      this.#lastValid = { loaded, design };
      this.#graph = undefined;
    }
    return loaded;
  }
}
