import { expect, test } from 'vitest';
import { templates } from '../../../examples/templates.ts';
import { createAppStore } from '../../../renderer/store/store.ts';
import { MemoryHost } from './host.ts';

test('a template becomes a new document without a file, kept in the journal like any edit', async () => {
  const host = new MemoryHost('brokerloom: 1\ndesign: { name: open }\n');
  const store = createAppStore(host.api);
  await store.getState().start();
  await store.getState().startFrom('saga', templates.saga.text);
  const { file, dirty, session, shown } = store.getState();
  expect(file).toMatchObject({ name: 'saga.loom.yaml', hash: null });
  expect(dirty).toBe(true);
  expect(session?.text).toBe(templates.saga.text);
  expect(shown?.issues).toEqual([]);
  expect(shown?.canUndo).toBe(false);
});

test('a recent design that is gone is marked, and taken off the list on request', async () => {
  const host = new MemoryHost('brokerloom: 1\n');
  const store = createAppStore(host.api);
  await store.getState().start();
  const [first] = store.getState().recent;
  host.disk = null;
  await store.getState().openListed(first?.doc ?? '');
  expect(store.getState().missing).toEqual(new Set([first?.doc]));
  expect(store.getState().notice?.value).toMatchObject({ tone: 'error' });
  await store.getState().forgetRecent(first?.doc ?? '');
  expect(store.getState().recent).toEqual([]);
});

test('a file that is no design is refused by its name', async () => {
  const store = createAppStore(new MemoryHost('brokerloom: 1\n').api);
  await store.getState().openDropped(new File(['x'], 'photo.png'));
  expect(store.getState().notice?.value.title).toBe('photo.png is no design.');
});
