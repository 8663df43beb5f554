import type { Locator, Page } from '@playwright/test';
import type { User } from '../user.ts';

/** A busy machine takes its time. */
export const SOON = { timeout: 20_000 };

/** The parts of the window, found as a person finds them: by what they are called. */
export class Designer {
  readonly user: User;
  readonly page: Page;

  constructor(user: User) {
    this.user = user;
    this.page = user.page;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The canvas. */
  get drawing(): Locator {
    return this.page.getByTestId('drawing');
  }

  /** An element on the canvas. */
  element(address: string): Locator {
    return this.page.locator(`[data-id="${address}"]`);
  }

  /** An entry of the outline. */
  entry(address: string): Locator {
    return this.page.locator(`[role="treeitem"][data-address="${address}"]`);
  }

  /** The control of a property of what is selected; `rate.avg` is a part of `rate`. */
  field(path: string): Locator {
    return this.page.locator(`[data-field="${path}"] input:not([type="hidden"])`).last();
  }

  /** An option of the list that is open. */
  option(name: string): Locator {
    return this.page.getByRole('option', { name, exact: true });
  }

  /** Findings in the panel. */
  get findings(): Locator {
    return this.page.locator('[data-rule]');
  }

  /** All that the bottom panel says. */
  bottom(): Promise<string> {
    return this.page.locator('[data-panel="bottom"]').innerText();
  }

  /** Attributes that rules wait for. */
  get unknowns(): Locator {
    return this.page.getByRole('list', { name: 'Problems' }).getByRole('button', { name: 'Fill in' });
  }

  /** Waits until an element is selected, by the heading of its properties. */
  async showsProperties(id: string): Promise<void> {
    await this.page.getByRole('complementary', { name: 'Properties' }).locator(`h2[title="${id}"]`).waitFor();
  }

  /** Waits for the start screen or a design: keys work from then on. */
  async opened(): Promise<void> {
    await this.button('New design').or(this.drawing).first().waitFor();
  }

  /** Carries out a command that is searched for by its name. */
  async command(label: string): Promise<void> {
    await this.user.press('Control+k');
    const search = this.page.getByPlaceholder('Search elements and commands');
    await search.waitFor();
    await this.user.type(label);
    await this.page.locator('[data-selected]', { hasText: label }).waitFor();
    await this.user.press('Enter');
    await search.waitFor({ state: 'detached' });
  }

  /** Waits until the property that the review asks for has the focus. */
  async asked(): Promise<void> {
    await this.page.locator('[data-panel="properties"] [data-current="true"]:focus-within').waitFor();
  }

  /** Types the name that is being asked for. */
  async giveName(name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: /^New name of / }).waitFor();
    await this.user.type(name);
    await this.user.press('Enter');
    await this.showsProperties(name);
  }
}
