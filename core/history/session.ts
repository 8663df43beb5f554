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

/** One step that can be undone. */
interface Step {
  readonly label: string;
  /** Steps with the same key follow each other as one: typing in one field, one run of typing in the text. */
  readonly key: string | undefined;
  readonly edits: readonly TextEdit[];
}

/** A place in the history to go back to. */
export interface Mark {
  readonly depth: number;
  /** What could be redone there. */
  readonly undone: readonly Step[];
}

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
  #loaded: Loaded;
  #graph: Graph | undefined;
  #lastValid: { readonly loaded: Loaded; readonly design: Design } | undefined;
  readonly #done: Step[] = [];
  #undone: Step[] = [];
  readonly #listeners = new Set<ChangeListener>();

  /**
   * Why nothing may be changed: the text was opened in a newer format, whose meaning this version cannot keep. Typing a
   * higher number into an open design locks nothing, so that it can be taken back.
   */
  readonly locked: Problem | undefined;

  constructor(text: string) {
    this.#loaded = load(text, this.#parts);
    this.locked = this.#loaded.readOnly?.reason;
    this.#keepValid();
  }

  get text(): string {
    return this.#loaded.text;
  }

  get loaded(): Loaded {
    return this.#loaded;
  }

  /** The model of the text; `undefined` while the text is invalid. */
  get design(): Design | undefined {
    return this.#loaded.design;
  }

  /**
   * The last text that was valid, which the canvas shows while the present one is not; of a file of a newer format, what
   * this version understands.
   */
  get lastValid(): { readonly loaded: Loaded; readonly design: Design } | undefined {
    return this.#lastValid;
  }

  /** Graph of the last valid design. */
  get graph(): Graph | undefined {
    if (this.#lastValid) this.#graph ??= Graph.of(this.#lastValid.design);
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

  /** Carries out a command. When it refuses, nothing has changed. */
  run<C extends CommandId>(id: C, args: ArgsOf<C>): Result<readonly TextEdit[], Problem> {
    if (!this.design) return fail(this.#refusal);
    const command = commands[id] as unknown as CommandDefinition<C, ArgsOf<C>>;
    const patches = command.apply(this.design, args);
    if (!patches.ok) return patches;
    const key =
      command.history === 'merge'
        ? `${id} ${JSON.stringify(patches.value.map(({ path }) => path))}`
        : undefined;
    return this.applyPatches(command.label(args), patches.value, key);
  }

  /** Applies patches as one step; quick fixes come this way. */
  applyPatches(label: string, patches: readonly Patch[], key?: string): Result<readonly TextEdit[], Problem> {
    const { source, conflict } = this.#loaded;
    if (!this.design || !source) return fail(this.#refusal);
    if (conflict) return this.#applyResolved(conflict, label, patches);
    const edits = editText(source, patches);
    if (edits.ok && edits.value.length > 0) this.#record(label, key, edits.value);
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
    this.#record(label, undefined, resolution);
    const edits = this.applyPatches(label, patches);
    if (edits.ok) this.squash(mark, label);
    else this.bail(mark);
    return edits.ok ? ok(composeEdits(text, resolution, edits.value)) : edits;
  }

  get #refusal(): Problem {
    return this.#loaded.readOnly?.reason ?? INVALID;
  }

  /**
   * Changes the text directly, as the editor does; a locked text stays as it is.
   * @param options.coalesce Whether this continues the typing before it, so that one undo takes both back.
   * @param options.label What the history calls it.
   */
  replaceText(
    edits: readonly TextEdit[],
    { coalesce = true, label = 'Edit text' }: { readonly coalesce?: boolean; readonly label?: string } = {},
  ): void {
    if (edits.length > 0 && !this.locked) this.#record(label, coalesce ? 'text' : undefined, edits);
  }

  /** Takes the conflict markers in the layout, and the places of the other side, out of the text, as one step. */
  resolveConflict(): void {
    const { conflict } = this.#loaded;
    if (conflict) this.#record('Remove the conflict markers', undefined, conflict.resolution);
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
    this.#keep({ label, key: undefined, edits }, before);
  }

  /** Tells of every change of the text, with its edits. @returns A function that ends this. */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #record(label: string, key: string | undefined, edits: readonly TextEdit[]): void {
    if (applyEdits(this.text, edits) === this.text) return;
    const last = this.#done.at(-1);
    const merges = last !== undefined && key !== undefined && last.key === key;
    this.#undone = [];
    if (merges) {
      this.#done.pop();
      const before = applyEdits(this.text, invertEdits(last.edits));
      this.#keep({ ...last, edits: composeEdits(before, last.edits, edits) }, before);
    } else this.#keep({ label, key, edits }, this.text);
    this.#apply(edits);
  }

  /** Adds a step, unless it has come to change nothing. */
  #keep(step: Step, before: string): void {
    if (applyEdits(before, step.edits) !== before) this.#done.push(step);
  }

  #apply(edits: readonly TextEdit[]): readonly TextEdit[] {
    this.#loaded = load(applyEdits(this.text, edits), this.#parts);
    this.#keepValid();
    for (const listener of this.#listeners) listener(edits);
    return edits;
  }

  #keepValid(): void {
    const design = this.#loaded.design ?? this.#loaded.readOnly?.design;
    if (!design) return;
    this.#lastValid = { loaded: this.#loaded, design };
    this.#graph = undefined;
  }
}
