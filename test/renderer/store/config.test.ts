import { expect, test } from 'vitest';
import { safeFixes } from '../../../renderer/actions/problems.ts';
import { createAppStore } from '../../../renderer/store/store.ts';
import { exampleText } from '../../core/drawing/designs.ts';
import { MemoryHost } from './host.ts';

const config = (text: string) =>
  ({ status: 'found', text, folder: '~/shop', design: 'naive.loom.yaml' }) as const;

async function open(text?: string) {
  const host = new MemoryHost(exampleText('naive'));
  if (text !== undefined) host.config = config(text);
  const store = createAppStore(host.api);
  await store.getState().start();
  const app = () => store.getState();
  return { host, app, rules: () => new Set(app().shown?.issues.map(({ rule }) => rule)) };
}

test('the configuration of the project decides what is shown and what is fixed', async () => {
  const { app, rules } = await open('rules: { dlq/required: off, rabbitmq/delivery-limit: off }\n');
  expect(app().config).toEqual({ status: 'applied', place: '~/shop/brokerloom.config.yaml' });
  expect(rules()).not.toContain('dlq/required');
  expect((await open()).rules()).toContain('dlq/required');
  const { shown } = app();
  const fixed = shown && safeFixes(shown)?.applied.map(({ ruleId }) => ruleId);
  expect(fixed).toContain('idempotency/ack-after-processing');
  expect(fixed).not.toContain('rabbitmq/delivery-limit');
});

test('a change of it reviews the design again, and edits stay', async () => {
  const { app, host, rules } = await open();
  app().run('element.set', { address: 'queues/email', field: ['description'], value: 'mails' });
  const text = app().session?.text;
  host.config = config('rules: { dlq/required: off }\n');
  await app().configChanged(app().file?.doc ?? '');
  expect(rules()).not.toContain('dlq/required');
  expect(app().session?.text).toBe(text);
  expect(app().session?.canUndo).toBe(true);
});

test('one that means nothing has no effect, and is shown with its line', async () => {
  const { app, rules } = await open('preset: all\nrules: { dlq/requird: off }\n');
  expect(app().config).toMatchObject({
    status: 'broken',
    place: '~/shop/brokerloom.config.yaml',
    problems: [{ at: { line: 2 }, hint: 'Did you mean dlq/required?' }],
  });
  expect(rules()).toContain('dlq/required');
});
