import type { Locator, Page } from '@playwright/test';

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A person with a mouse and a keyboard, whose actions are counted: a click, a drag, a key chord or a typed text is one. */
export class User {
  readonly page: Page;
  #actions: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  /** What was done so far, one entry an action. */
  get actions(): readonly string[] {
    return this.#actions;
  }

  /** Retried when the target moved away under the pointer, e.g. because a panel has just opened. */
  async click(target: Locator): Promise<void> {
    this.#actions.push(`click ${String(target)}`);
    await target.click();
  }

  async press(keys: string): Promise<void> {
    this.#actions.push(`press ${keys}`);
    await this.page.keyboard.press(keys);
  }

  async type(text: string): Promise<void> {
    this.#actions.push(`type ${text}`);
    await this.page.keyboard.type(text);
  }

  /** Presses the mouse at one spot, moves it to another and lets go. */
  async drag(from: Spot, to: Spot): Promise<void> {
    this.#actions.push(`drag ${from.x},${from.y} to ${to.x},${to.y}`);
    await this.hold(from, to);
    await this.page.mouse.up();
  }

  /** A drag without its end. Not counted: what is looked at in the middle of an action. */
  async hold(from: Spot, to: Spot): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await this.page.mouse.move(to.x, to.y, { steps: 4 });
  }
}

/** The middle of an element in the window, once it is there. */
export async function centre(target: Locator): Promise<Spot> {
  const { x, y, width, height } = await box(target);
  return { x: x + width / 2, y: y + height / 2 };
}

export async function box(
  target: Locator,
): Promise<Spot & { readonly width: number; readonly height: number }> {
  await target.waitFor();
  const found = await target.boundingBox();
  if (!found) throw new Error(`${String(target)} is not visible`);
  return found;
}
