import { Designer } from './designer.ts';
import type { Drawn, Hands } from './hands.ts';

/** Most presses of one key that somebody would make to get to where they want. */
const PATIENCE = 60;

/** Draws without a mouse: by the search, the outline, and Tab and the arrows within a panel. */
export class Keyboard extends Designer implements Hands {
  async newDesign(): Promise<void> {
    await this.opened();
    await this.command('New design');
    await this.page.getByText('Start with who sends messages').waitFor();
  }

  async add(what: Drawn, name: string): Promise<void> {
    await this.user.press('Control+Shift+K');
    await this.page.locator('[data-drawing]:focus-within').waitFor();
    await this.user.press('/');
    await this.#placed(what, name);
  }

  async follow(from: string, what: Drawn, name: string): Promise<void> {
    await this.select(from);
    await this.user.press('Control+Shift+K');
    await this.page.locator(`[data-id="${from}"]:focus`).waitFor();
    await this.user.press('a');
    await this.#placed(what, name);
  }

  async select(address: string): Promise<void> {
    const id = address.slice(address.indexOf('/') + 1);
    await this.user.press('Control+p');
    const search = this.page.getByPlaceholder('Go to an element');
    await search.waitFor();
    await this.user.type(id);
    await this.page.locator('[data-selected]').getByText(id, { exact: true }).first().waitFor();
    await this.user.press('Enter');
    await search.waitFor({ state: 'detached' });
    await this.showsProperties(id);
  }

  async addUndrawn(what: string, name: string): Promise<void> {
    await this.command(`Add a ${what.toLowerCase()}`);
    await this.giveName(name);
  }

  async rename(address: string, to: string): Promise<void> {
    await this.#walkOutline(address);
    await this.user.press('F2');
    await this.giveName(to);
  }

  async remove(address: string): Promise<void> {
    await this.#walkOutline(address);
    await this.user.press('Delete');
    await this.entry(address).waitFor({ state: 'detached' });
  }

  async fill(field: string, value: string): Promise<void> {
    await this.#reach(field);
    await this.user.type(value);
    await this.user.press('Enter');
  }

  async choose(field: string, option: string): Promise<void> {
    await this.#reach(field);
    await this.user.press('ArrowDown');
    await this.#take(option);
  }

  async make(field: string, title: string, name: string): Promise<void> {
    await this.#reach(field);
    await this.user.type(name);
    await this.#take(`New ${title} ${name}`);
  }

  async include(field: string, id: string): Promise<void> {
    await this.#reach(field);
    await this.user.type(id);
    await this.#take(id);
    await this.user.press('Escape');
  }

  async fixAllSafe(): Promise<void> {
    await this.command('Fix all safe problems');
  }

  async fixFirst(): Promise<void> {
    await this.user.press('F8');
    await this.user.press('Control+.');
  }

  async fillIn(value: string): Promise<void> {
    await this.user.press('Control+Shift+M');
    await this.page.locator('[data-panel="bottom"]:focus-within').waitFor();
    await this.#tabTo(() => document.activeElement?.textContent === 'Fill in');
    await this.user.press('Enter');
    await this.asked();
    await this.user.type(value);
    await this.user.press('Enter');
  }

  async generate(): Promise<void> {
    await this.user.press('Control+Enter');
    await this.page.getByRole('dialog').waitFor();
    await this.#tabTo(() => document.activeElement?.textContent === 'Choose a folder…');
    await this.user.press('Enter');
    await this.page.getByRole('button', { name: /^Write \d+ files$/ }).waitFor();
    await this.#tabTo(() => /^Write \d+ files$/.test(document.activeElement?.textContent ?? ''));
    await this.user.press('Enter');
  }

  async #placed(what: Drawn, name: string): Promise<void> {
    await this.page.getByRole('menuitem', { name: what, exact: true }).waitFor();
    await this.#press('ArrowDown', (wanted) => document.activeElement?.textContent === wanted, what);
    await this.user.press('Enter');
    await this.page.locator('.react-flow__node:focus').waitFor();
    await this.user.press('Enter');
    await this.giveName(name);
  }

  /** Goes through the outline with the arrows, from where it was left. */
  async #walkOutline(address: string): Promise<void> {
    await this.user.press('Control+Shift+O');
    await this.page.locator('[role="treeitem"]:focus').waitFor();
    await this.user.press('Home');
    await this.#press(
      'ArrowDown',
      (wanted) => (document.activeElement as HTMLElement | null)?.dataset['address'] === wanted,
      address,
    );
    await this.showsProperties(address.slice(address.indexOf('/') + 1));
  }

  /** Finds a property by its name and goes on to its control. */
  async #reach(field: string): Promise<void> {
    await this.user.press('F4');
    await this.page.locator('[data-panel="properties"] [data-entry]:focus').waitFor();
    await this.user.press('Control+a');
    await this.user.type(field.split('.').at(-1) ?? field);
    await this.#press(
      'Tab',
      (wanted) => {
        const { activeElement } = document;
        const here = activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field'];
        return here === wanted && activeElement?.tagName === 'INPUT';
      },
      field,
    );
  }

  /** Takes an option of the list that is open. */
  async #take(label: string): Promise<void> {
    await this.option(label).waitFor();
    const isAt = (wanted: string): boolean =>
      [...document.querySelectorAll('[role="option"][data-combobox-selected]')].some(
        (option) => option.textContent === wanted,
      );
    await this.#press('ArrowDown', isAt, label);
    await this.user.press('Enter');
  }

  #tabTo(isThere: () => boolean): Promise<void> {
    return this.#press('Tab', isThere, '');
  }

  /** Presses a key until the page is where it is wanted. */
  async #press(key: string, isThere: (wanted: string) => boolean, wanted: string): Promise<void> {
    for (let presses = 0; presses < PATIENCE; presses++) {
      if (await this.page.evaluate(isThere, wanted)) return;
      await this.user.press(key);
    }
    throw new Error(`${PATIENCE} presses of ${key} did not lead to ${wanted || String(isThere)}.`);
  }
}
