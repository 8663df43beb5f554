/** What is drawn, by its title in the palette, and the section of the file that it is in. */
export const sectionOf = {
  Producer: 'producers',
  Exchange: 'exchanges',
  Queue: 'queues',
  Stream: 'streams',
  Consumer: 'consumers',
} as const;
export type Drawn = keyof typeof sectionOf;

/** Somebody at work on a design. Each way to work, with the mouse or by keyboard alone, does the same by other means. */
export interface Hands {
  newDesign(): Promise<void>;
  /** Puts an element on the canvas and names it. */
  add(what: Drawn, name: string): Promise<void>;
  /** Puts an element behind another, connected to it, and names it. */
  follow(from: string, what: Drawn, name: string): Promise<void>;
  /** Selects an element by its address, one with a shape or not. */
  select(address: string): Promise<void>;
  /** Adds what has no shape and names it. */
  addUndrawn(what: 'Flow', name: string): Promise<void>;
  rename(address: string, to: string): Promise<void>;
  remove(address: string): Promise<void>;
  /** Types a value into a property of the selected element. */
  fill(field: string, value: string): Promise<void>;
  /** Chooses the value of a property. */
  choose(field: string, option: string): Promise<void>;
  /** Makes the element that a reference is to name. */
  make(field: string, title: string, name: string): Promise<void>;
  /** Adds to a list of references. */
  include(field: string, id: string): Promise<void>;
  fixAllSafe(): Promise<void>;
  /** Applies the fix of the first finding. */
  fixFirst(): Promise<void>;
  /** Goes to the first property that rules wait for, and types its value. */
  fillIn(value: string): Promise<void>;
  /** Generates into a folder that is picked. */
  generate(): Promise<void>;
}
