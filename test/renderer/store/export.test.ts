import { expect, test } from 'vitest';
import type { In, Out } from '../../../core/contract/ipc.ts';
import { createAppStore } from '../../../renderer/store/store.ts';
import { exampleText } from '../../core/drawing/designs.ts';
import { MemoryHost } from './host.ts';

const target = `exp_${'a'.repeat(22)}`;

async function open(answer: Out<'export.pick'>) {
  const written: In<'export.write'>[] = [];
  const host = new MemoryHost(exampleText('e-commerce'));
  const store = createAppStore({
    ...host.api,
    exportPick: async () => answer,
    exportWrite: async (input) => {
      written.push(input);
      return { status: 'saved', name: 'shop.md', folder: '~' };
    },
  });
  await store.getState().start();
  return { app: () => store.getState(), written };
}

test('writes a document with its picture where the host can put one beside it', async () => {
  const { app, written } = await open({ status: 'picked', target, beside: 'shop.svg' });
  await app().exportAs('markdown');
  expect(written).toEqual([
    {
      target,
      encoding: 'utf8',
      content: expect.stringContaining('](shop.svg)'),
      picture: expect.stringMatching(/^<svg /),
    },
  ]);
  expect(app().notice?.value).toMatchObject({ tone: 'success', title: 'Exported shop.md in ~.' });
  expect(app().exporting).toBeUndefined();
});

test('else with a Mermaid flowchart in it', async () => {
  const { app, written } = await open({ status: 'picked', target, beside: null });
  await app().exportAs('markdown');
  expect(written[0]).toMatchObject({
    content: expect.stringContaining('```mermaid\nflowchart LR'),
    picture: null,
  });
});

test('writes nothing where nobody has picked a place, and says why the host could not ask', async () => {
  const cancelled = await open({ status: 'cancelled' });
  await cancelled.app().exportAs('mermaid');
  expect(cancelled.written).toEqual([]);
  expect(cancelled.app().notice).toBeUndefined();
  const failed = await open({ status: 'failed', code: 'LOOM_IO', reason: 'No.' });
  await failed.app().exportAs('mermaid');
  expect(failed.app().notice?.value).toMatchObject({ tone: 'error', title: 'No.' });
});

test('a cancelled export writes nothing', async () => {
  const { app, written } = await open({ status: 'picked', target, beside: null });
  const exporting = app().exportAs('mermaid');
  await Promise.resolve();
  app().exporting?.cancel();
  await exporting;
  expect(written).toEqual([]);
  expect(app().exporting).toBeUndefined();
});
