import type { Locator } from '@playwright/test';
import { box, centre, type Spot } from '../user.ts';
import { Designer } from './designer.ts';
import { type Drawn, type Hands, sectionOf } from './hands.ts';

/** Draws with the mouse; types names and values. */
export class Mouse extends Designer implements Hands {
  /** Where the next element without a predecessor goes: one below the other. */
  #rows = 0;
  /** How many elements follow another already. */
  readonly #followers = new Map<string, number>();

  async newDesign(): Promise<void> {
    await this.opened();
    if (await this.button('New design').isVisible()) await this.user.click(this.button('New design'));
    else await this.command('New design');
    await this.page.getByText('Start with who sends messages').waitFor();
  }

  async add(what: Drawn, name: string): Promise<void> {
    const canvas = await box(this.drawing);
    const to = { x: canvas.x + 100, y: canvas.y + 60 + 488 * this.#rows++ };
    await this.user.drag(await centre(this.button(what)), to);
    await this.user.press('Enter');
    await this.giveName(name);
    await this.#standsAt(`${sectionOf[what]}/${name}`, to);
  }

  async follow(from: string, what: Drawn, name: string): Promise<void> {
    const before = this.#followers.get(from) ?? 0;
    this.#followers.set(from, before + 1);
    const start = await port(this.element(from));
    await this.user.drag(start, { x: start.x + 60, y: start.y + before * 152 });
    await this.user.click(this.page.getByRole('menuitem', { name: what }));
    await this.user.press('Enter');
    await this.giveName(name);
  }

  async select(address: string): Promise<void> {
    const id = address.slice(address.indexOf('/') + 1);
    if (!address.startsWith('brokers/') && (await this.element(address).count()) > 0)
      await this.user.click(this.element(address));
    else {
      await this.#outline();
      await this.user.click(this.entry(address));
    }
    await this.showsProperties(id);
  }

  async addUndrawn(what: string, name: string): Promise<void> {
    await this.#outline();
    // The lists in the properties have one of that name too.
    await this.user.click(this.page.getByTestId('left').getByRole('button', { name: 'Add', exact: true }));
    await this.user.click(this.page.getByRole('menuitem', { name: what, exact: true }));
    await this.giveName(name);
  }

  async rename(address: string, to: string): Promise<void> {
    await this.select(address);
    await this.user.click(this.button(`Rename ${address.slice(address.indexOf('/') + 1)}`));
    await this.giveName(to);
  }

  async remove(address: string): Promise<void> {
    await this.select(address);
    await this.user.press('Delete');
    await this.entry(address).waitFor({ state: 'detached' });
  }

  async fill(field: string, value: string): Promise<void> {
    await this.user.click(this.field(field));
    await this.user.type(value);
    await this.user.press('Enter');
  }

  async choose(field: string, option: string): Promise<void> {
    await this.user.click(this.field(field));
    await this.user.click(this.option(option));
  }

  async make(field: string, title: string, name: string): Promise<void> {
    await this.user.click(this.field(field));
    await this.user.type(name);
    await this.user.click(this.option(`New ${title} ${name}`));
  }

  async include(field: string, id: string): Promise<void> {
    await this.choose(field, id);
    await this.user.press('Escape');
  }

  async fixAllSafe(): Promise<void> {
    await this.#problems();
    await this.user.click(this.button('Fix all safe problems'));
  }

  async fixFirst(): Promise<void> {
    await this.#problems();
    await this.user.click(this.findings.first().getByRole('button').last());
  }

  async fillIn(value: string): Promise<void> {
    await this.#problems();
    await this.user.click(this.unknowns.first());
    await this.asked();
    await this.user.type(value);
    await this.user.press('Enter');
  }

  async generate(): Promise<void> {
    await this.user.click(this.button('Generate…').first());
    await this.user.click(this.button('Choose a folder…'));
    await this.user.click(this.page.getByRole('button', { name: /^Write \d+ files$/ }));
  }

  /** What is dropped stays where it is dropped, and is not carried off by a view that fits itself. */
  async #standsAt(address: string, { x, y }: Spot): Promise<void> {
    const at = await centre(this.element(address));
    if (Math.hypot(at.x - x, at.y - y) > 40)
      throw new Error(`${address} was dropped at ${x},${y} and stands at ${at.x},${at.y}.`);
  }

  async #outline(): Promise<void> {
    if (!(await this.page.getByRole('tree', { name: 'Outline' }).isVisible()))
      await this.user.click(this.button('Outline'));
  }

  async #problems(): Promise<void> {
    if (!(await this.page.getByRole('list', { name: 'Problems' }).isVisible()))
      await this.user.click(this.page.getByRole('button', { name: /^Problems:/ }));
  }
}

/** The middle of the right side of an element, where connections begin. */
async function port(target: Locator): Promise<Spot> {
  const { x, y, width, height } = await box(target);
  return { x: x + width, y: y + height / 2 };
}
