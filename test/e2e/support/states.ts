import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ofEveryBroker } from './brokers.ts';
import type { Designer } from './pages/designer.ts';
import { root } from './root.ts';

/** Something that the window can show, and the way there. */
export interface State {
  /** Text of the design that is open; missing = none, the start screen. */
  readonly design?: () => Promise<string>;
  readonly reach: (designer: Designer, disk: Disk) => Promise<void>;
}

/** What is around the window. */
interface Disk {
  /** The open design, in a folder of its own. */
  readonly file: string;
  /** Answers the next dialog that asks for a folder. */
  answerOpen(folder: string): Promise<void>;
}

const example = (name: string) => (): Promise<string> =>
  readFile(join(root, 'examples', `${name}.loom.yaml`), 'utf8');
const orders = example('orders');
const naive = example('naive');
const fulfilment = example('fulfilment');
const brokers = async (): Promise<string> => ofEveryBroker;

/** Two versions of a message that cannot be read by each other, and an example that fits neither. */
export const refunds = `  order.refunded:
    version: 2
    versions:
      - version: 1
        schema: { type: object, required: [orderId], properties: { orderId: { type: string } } }
    schema: # what finance asked for
      type: object
      required: [orderId, cents]
      properties: { orderId: { type: string }, cents: { type: integer, minimum: 0 } }
    examples:
      - { orderId: o-1, cents: 100 }
      - { orderId: o-2, cents: -1 }
`;
export const refunding = async (): Promise<string> =>
  (await orders()).replace('\nexchanges:\n', `${refunds}\nexchanges:\n`);

/** A design that says nothing yet. */
const empty = async (): Promise<string> => 'brokerloom: 1\n\ndesign:\n  name: empty\n  environment: prod\n';
/** A text that is no design, after one that is. */
const ONE_KEY_TOO_MANY = '  - [';

/** Waits until every template has its drawing. */
async function gallery({ page }: Designer): Promise<void> {
  await page.locator('[data-template]').first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-template]')].every((card) => card.querySelector('img')?.complete),
  );
}

/** Opens a part of the contract of `order.refunded`. */
async function contract(d: Designer, part: string, shown: string): Promise<void> {
  await d.user.click(tab(d, 'Contracts'));
  await d.user.click(d.page.getByRole('button', { name: /^order\.refunded/ }));
  await d.page.locator('[data-testid="json-schema"] .view-line').first().waitFor();
  await d.user.click(d.page.getByRole('tablist', { name: /^Contract of/ }).getByRole('tab', { name: part }));
  await d.page.locator(shown).first().waitFor();
}

const tab = ({ page }: Designer, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
const editor = ({ page }: Designer) => page.locator('.monaco-editor .view-line').first();

/** Every panel and state of the window, for pictures and for what must hold in each of them. */
export const states = {
  start: { reach: (d) => gallery(d) },
  templates: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.press('Control+Shift+N');
      await d.page.getByRole('dialog', { name: 'New from template' }).waitFor();
      await gallery(d);
    },
  },
  theme: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.button('Theme'));
      await d.page.getByRole('menuitemradio', { name: 'Dark' }).waitFor();
    },
  },
  file: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.button('File'));
      await d.page.getByRole('menuitem', { name: 'New from template…' }).waitFor();
    },
  },
  'add-broker': {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.button('Add broker'));
      await d.page.getByRole('menuitem', { name: 'Kafka' }).waitFor();
    },
  },
  designer: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.element('queues/shipping'));
      await d.showsProperties('shipping');
    },
  },
  empty: { design: empty, reach: async (d) => d.page.getByText('Start with who sends messages').waitFor() },
  large: {
    design: orders,
    reach: async (d) => {
      await d.user.click(d.button('Retry queues'));
      await d.page.locator('.react-flow__node-delay').first().waitFor();
    },
  },
  outline: {
    design: orders,
    reach: async (d) => {
      await d.user.click(d.button('Outline'));
      await d.user.click(d.entry('services/payment'));
      await d.showsProperties('payment');
    },
  },
  'outline-add': {
    design: orders,
    reach: async (d) => {
      await d.user.click(d.button('Outline'));
      await d.user.click(d.button('Add'));
      await d.page.getByRole('menuitem', { name: 'Flow', exact: true }).waitFor();
    },
  },
  several: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.element('queues/shipping'));
      await d.user.press('Control+a');
      await d.page.getByRole('heading', { name: /^\d+ elements$/ }).waitFor();
    },
  },
  'quick-add': {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.element('queues/shipping'));
      await d.user.press('a');
      await d.page.getByRole('menuitem', { name: 'Consumer' }).waitFor();
    },
  },
  connecting: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.element('exchanges/labels'));
      await d.user.press('c');
      await d.page.getByText(/^Valid target/).waitFor();
    },
  },
  'property-help': {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.element('queues/shipping'));
      await d.user.click(d.button('About Max length'));
      await d.button('About Max length').and(d.page.locator('[aria-expanded="true"]')).waitFor();
    },
  },
  'property-error': {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.element('queues/shipping'));
      await d.user.click(d.field('maxLength'));
      await d.user.type(' thousand');
      await d.page.getByRole('alert').waitFor();
      await d.page.waitForFunction(() => {
        const bottom = (what: string) =>
          document.querySelector(what)?.getBoundingClientRect().bottom ?? Number.NaN;
        return bottom('[role="alert"]') <= bottom('[data-panel="properties"]');
      });
    },
  },
  problems: {
    design: naive,
    reach: async (d) => {
      await d.user.press('F8');
      await d.findings.first().waitFor();
    },
  },
  explain: {
    design: naive,
    reach: async (d) => {
      await d.user.click(d.button('Explain dlq/required').first());
      await d.page
        .getByRole('dialog', { name: 'dlq/required' })
        .getByRole('heading', { name: 'Bad' })
        .waitFor();
    },
  },
  checklist: {
    design: naive,
    reach: async (d) => {
      await d.user.click(tab(d, 'Checklist'));
      await d.page.getByRole('tablist', { name: 'Questions' }).waitFor();
    },
  },
  text: {
    design: naive,
    reach: async (d) => {
      await d.user.press('Control+e');
      await editor(d).waitFor();
      await d.user.click(d.element('queues/shipping'));
      await d.page.locator('.monaco-editor .active-line-number').waitFor();
    },
  },
  invalid: {
    design: naive,
    reach: async (d) => {
      await d.user.press('Control+e');
      await editor(d).waitFor();
      // A line is as wide as the longest, and so its middle may be out of view.
      await editor(d).click({ position: { x: 4, y: 8 } });
      await d.user.press('Control+End');
      await d.user.type(ONE_KEY_TOO_MANY);
      await d.page.getByRole('alert').getByText('The canvas shows the last valid text').waitFor();
    },
  },
  search: {
    design: orders,
    reach: async (d) => {
      await d.user.press('Control+k');
      await d.page.getByPlaceholder('Search elements and commands').waitFor();
      await d.user.type('order');
      await d.page.getByRole('option', { selected: true }).waitFor();
    },
  },
  shortcuts: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.button('Keyboard shortcuts'));
      await d.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
  },
  generate: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.press('Control+Enter');
      await d.page.getByRole('dialog', { name: 'Generate services' }).waitFor();
    },
  },
  generated: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(tab(d, 'Generated'));
      await d.user.click(d.button('Preview the files'));
      await d.page.locator('[data-testid="file-view"] .view-line').first().waitFor();
    },
  },
  contracts: {
    design: orders,
    reach: async (d) => {
      await d.user.click(tab(d, 'Contracts'));
      await d.page.locator('[data-testid="json-schema"] .view-line').first().waitFor();
    },
  },
  'contract-examples': {
    design: refunding,
    reach: (d) => contract(d, 'Examples', '[data-testid="json-examples"] .view-line'),
  },
  'contract-versions': {
    design: refunding,
    reach: (d) => contract(d, 'Versions', '.monaco-diff-editor .view-line'),
  },
  'contract-users': {
    design: orders,
    reach: async (d) => {
      await d.user.click(tab(d, 'Contracts'));
      await d.page.locator('[data-testid="json-schema"] .view-line').first().waitFor();
      await d.user.click(d.page.getByRole('tab', { name: 'Used by' }));
      await d.page.getByRole('heading', { name: 'Sent by' }).waitFor();
    },
  },
  'generated-empty': {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(tab(d, 'Generated'));
      await d.button('Preview the files').waitFor();
    },
  },
  'generated-problems': {
    design: refunding,
    reach: async (d) => {
      await d.user.click(tab(d, 'Generated'));
      await d.user.click(d.button('Preview the files'));
      await d.page.getByRole('alert').getByText('example 2 does not fit the schema').waitFor();
    },
  },
  lists: {
    design: brokers,
    reach: async (d) => {
      await d.user.click(d.element('consumers/charge'));
      await d.showsProperties('charge');
      await d.user.click(d.page.getByRole('searchbox', { name: 'Find a property' }));
      await d.user.type('external');
      await d.user.click(d.page.getByRole('button', { name: /^bank/, expanded: false }));
      await d.page.locator('[data-field="externalCalls.0.passesKey"]').waitFor();
    },
  },
  brokers: {
    design: brokers,
    reach: async (d) => {
      await d.user.press('f');
      await d.element('consumers/charge').waitFor();
    },
  },
  'generated-changes': {
    design: fulfilment,
    reach: async (d, { file, answerOpen }) => {
      const folder = join(dirname(file), 'services');
      await answerOpen(folder);
      await d.user.press('Control+Enter');
      await d.user.click(d.button('Choose a folder…'));
      await d.user.click(d.page.getByRole('button', { name: /^Write \d+ files$/ }));
      await d.page.getByText(/^Written: /).waitFor();
      await d.user.click(d.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last());
      await d.page.getByRole('dialog').waitFor({ state: 'detached' });
      const readme = join(folder, 'README.md');
      await writeFile(
        readme,
        (await readFile(readme, 'utf8')).replace('\n\n', '\n\nRun by the team that ships.\n\n'),
      );
      await d.user.click(tab(d, 'Generated'));
      await d.user.click(d.button('Compare again'));
      await d.page.getByRole('treeitem', { name: 'README.md, edited by hand, kept' }).waitFor();
      await d.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
    },
  },
  conflict: {
    design: fulfilment,
    reach: async (d, { file }) => {
      await d.user.click(d.element('queues/shipping'));
      await d.user.press('ArrowRight');
      await writeFile(file, `${await readFile(file, 'utf8')}# theirs\n`);
      await d.button('Overwrite with mine').waitFor();
    },
  },
  history: {
    design: fulfilment,
    reach: async (d) => {
      await d.user.click(d.element('queues/shipping'));
      await d.user.press('ArrowRight');
      await d.user.press('Delete');
      await d.user.click(tab(d, 'History'));
      await d.page.getByRole('list', { name: 'History' }).waitFor();
    },
  },
} as const satisfies Record<string, State>;

export type StateName = keyof typeof states;
export const stateNames = Object.keys(states) as readonly StateName[];

/** The sizes of window and the themes that each state is looked at in. */
export const looks = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
].flatMap((size) => (['light', 'dark'] as const).map((theme) => ({ ...size, theme })));
