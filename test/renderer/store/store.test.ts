import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addToDesign } from '../../../renderer/actions/add.ts';
import { fixCurrent, showNext } from '../../../renderer/actions/problems.ts';
import { paletteItems } from '../../../renderer/panels/palette/items.ts';
import { createAppStore } from '../../../renderer/store/store.ts';
import { exampleText } from '../../core/drawing/designs.ts';
import { MemoryHost } from './host.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(text: string) {
  const host = new MemoryHost(text);
  const store = createAppStore(host.api);
  await store.getState().start();
  return { host, store, app: () => store.getState() };
}

const blank = 'brokerloom: 1\n\ndesign:\n  name: small\n  environment: prod\n';

describe('the open document', () => {
  test('is edited by commands, undone to the byte, and knows whether it differs from its file', async () => {
    const { app, host } = await open(blank);
    expect(app().dirty).toBe(false);
    expect(addToDesign(app(), paletteItems.queue, [0, 0])).toBe('queues/tasks');
    expect([...app().selected]).toEqual(['queues/tasks']);
    expect(app().shown?.graph?.design.brokers.size).toBe(1);
    expect([app().dirty, host.dirty]).toEqual([true, true]);
    app().undo();
    expect(app().session?.text).toBe(blank);
    expect([app().dirty, host.dirty]).toEqual([false, false]);
    expect(app().selected.size).toBe(0);
  });

  test('puts a channel on the broker in whose area it is dropped, if that can hold it', async () => {
    const { app } = await open(
      `${blank}brokers: { mq: { kind: rabbitmq }, aws: { kind: sqs } }\nqueues: { a: { broker: mq }, b: { broker: aws } }\nlayout: { queues/a: [0, 0], queues/b: [0, 600] }\n`,
    );
    const brokerOf = (address: string | undefined) =>
      app().shown?.graph?.channel(address?.split('/')[1])?.value.broker;
    expect(brokerOf(addToDesign(app(), paletteItems.queue, [24, 616]))).toBe('aws');
    expect(brokerOf(addToDesign(app(), paletteItems.queue, [24, 16]))).toBe('mq');
    expect(brokerOf(addToDesign(app(), paletteItems.queue, [2000, 2000]))).toBe('mq');
    expect(brokerOf(addToDesign(app(), paletteItems.exchange, [24, 616]))).toBe('mq');
  });

  test('takes several commands as one step, or none of them', async () => {
    const { app } = await open(blank);
    const from = addToDesign(app(), paletteItems.producer, [0, 0]);
    const text = app().session?.text;
    const connect = (to: string) => () => {
      const added = addToDesign(app(), paletteItems.exchange, [200, 0]);
      return (
        added !== undefined && app().run('element.connect', { from: from ?? 'producers/x', to: to as never })
      );
    };
    expect(app().asOneStep('Add', connect('exchanges/events'))).toBe(true);
    expect(app().shown?.graph?.design.producers.get('publisher')?.channel).toBe('events');
    app().undo();
    expect(app().session?.text).toBe(text);
    expect(app().asOneStep('Add', connect('consumers/nobody'))).toBe(false);
    expect(app().session?.text).toBe(text);
  });

  test('keeps the last valid design while the text is not one, and finds back to it', async () => {
    const { app } = await open(exampleText('naive'));
    const before = app().session?.text ?? '';
    const shown = app().shown?.scene;
    app().type([{ offset: 0, removed: '', inserted: 'x: [' }]);
    expect(app().shown?.valid).toBe(false);
    expect(app().shown?.scene.nodes).toEqual(shown?.nodes);
    expect(app().shown?.issues[0]?.line).toBeDefined();
    expect(app().run('element.add', { section: 'queues' })).toBe(false);
    app().revertToValid();
    expect(app().shown?.valid).toBe(true);
    expect(app().session?.text).toBe(before);
  });

  test('of a newer format is shown and cannot be changed, from no side', async () => {
    const text = blank.replace('brokerloom: 1', 'brokerloom: 2');
    const { app } = await open(
      `${text}brokers:\n  work: { kind: rabbitmq }\nqueues:\n  jobs: { broker: work }\n`,
    );
    const before = app().session?.text;
    expect(app().shown?.scene.byAddress.has('queues/jobs')).toBe(true);
    expect(app().session?.locked?.message).toContain('format 2');
    app().type([{ offset: 0, removed: 'brokerloom: 2', inserted: 'brokerloom: 1' }]);
    expect(app().run('element.delete', { addresses: ['queues/jobs'] })).toBe(false);
    expect(app().notice?.value.title).toContain('format 2');
    expect(app().session?.text).toBe(before);
    expect(app().dirty).toBe(false);
  });

  test('is not locked by a higher number that is typed', async () => {
    const { app } = await open(blank);
    app().type([{ offset: 12, removed: '1', inserted: '12' }]);
    expect(app().shown?.valid).toBe(false);
    app().type([{ offset: 12, removed: '12', inserted: '1' }]);
    expect(app().session?.text).toBe(blank);
  });

  test('keeps our side of a merge conflict in its layout, and drops the markers on request, as one step', async () => {
    const head = `${blank}brokers:\n  work: { kind: rabbitmq }\nqueues:\n  jobs: { broker: work }\nlayout:\n`;
    const ours = '  queues/jobs: [1, 2]\n';
    const merged = `${head}<<<<<<< HEAD\n${ours}=======\n${ours.replace('1', '9')}>>>>>>> theirs\n`;
    const { app } = await open(merged);
    expect(app().shown?.loaded.conflict?.lines).toEqual([11, 15]);
    expect(app().shown?.positions.get('queues/jobs')).toEqual([1, 2]);
    app().resolveLayoutConflict();
    expect(app().session?.text).toBe(head + ours);
    expect(app().shown?.loaded.conflict).toBeUndefined();
    app().undo();
    expect(app().session?.text).toBe(merged);
  });

  test('keeps the place of an element through rename, deletion and undo', async () => {
    const { app } = await open(exampleText('naive'));
    const place = app().shown?.positions.get('queues/email');
    expect(app().rename('queues/email', 'mails')).toBe(true);
    expect(app().shown?.positions.get('queues/mails')).toEqual(place);
    app().deleteSelected();
    expect(app().shown?.scene.byAddress.has('queues/mails')).toBe(false);
    app().undo();
    expect(app().shown?.positions.get('queues/mails')).toEqual(place);
  });

  test('refuses a name that is taken, and says so', async () => {
    const { app } = await open(exampleText('naive'));
    expect(app().rename('queues/email', 'orders')).toBe(false);
    expect(app().notice?.value).toMatchObject({ tone: 'error', title: 'orders is in queues already.' });
  });

  test('shows its problems one after the other and fixes the one shown', async () => {
    const { app } = await open(exampleText('naive'));
    const issues = app().shown?.issues ?? [];
    showNext(app());
    expect(app().issue).toBe(issues[0]?.key);
    expect([...app().selected]).toEqual([issues[0]?.element]);
    showNext(app());
    expect(app().issue).toBe(issues[1]?.key);
    showNext(app());
    app().focusIssue(issues.find(({ fix }) => fix)?.key ?? '');
    fixCurrent(app());
    expect(app().shown?.issues.length).toBeLessThan(issues.length);
    app().undo();
    expect(app().shown?.issues).toHaveLength(issues.length);
  });

  test('says, for an implied queue, what to delete instead', async () => {
    const { app } = await open(exampleText('fulfilment'));
    app().select(['queues/shipping.dlq'], 'canvas');
    app().deleteSelected();
    expect(app().dirty).toBe(false);
    expect(app().notice?.value.tone).toBe('info');
  });
});

describe('the history', () => {
  test('lists every step, goes to any of them, and knows which one is saved', async () => {
    const { app } = await open(blank);
    const texts = [app().session?.text];
    addToDesign(app(), paletteItems.queue, [0, 0]);
    texts.push(app().session?.text);
    expect(await app().save()).toBe(true);
    app().type([{ offset: 0, removed: '', inserted: '# a' }]);
    app().type([{ offset: 3, removed: '', inserted: '\n' }]);
    texts.push(app().session?.text);
    expect(app().shown?.history).toEqual([
      { id: 1, label: 'Add queue', origin: 'command', done: true },
      { id: 2, label: 'Edit text', origin: 'typing', done: true },
    ]);
    expect([app().savedStep, app().shown?.step]).toEqual([1, 2]);
    app().goToStep(0);
    expect(app().session?.text).toBe(texts[0]);
    expect(app().shown?.history.map(({ done }) => done)).toEqual([false, false]);
    app().goToStep(2);
    expect(app().session?.text).toBe(texts[2]);
    app().goToStep(1);
    expect([app().session?.text, app().dirty]).toEqual([texts[1], false]);
    app().goToStep(99);
    expect(app().session?.text).toBe(texts[1]);
  });
});

describe('the file of the document', () => {
  test('is written as it is, and reaches the journal before', async () => {
    const { app, host } = await open(blank);
    addToDesign(app(), paletteItems.queue, [0, 0]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.journal).toBe(app().session?.text);
    expect(await app().save()).toBe(true);
    expect(host.disk).toBe(app().session?.text);
    expect(app().dirty).toBe(false);
  });

  test('is not written over a change from elsewhere before the user chose', async () => {
    const { app, host } = await open(blank);
    addToDesign(app(), paletteItems.queue, [0, 0]);
    const mine = app().session?.text;
    host.disk = `${blank}# theirs\n`;
    expect(await app().save()).toBe(false);
    expect(app().dialog).toBe('conflict');
    expect(host.disk).toBe(`${blank}# theirs\n`);
    await app().resolveConflict('mine');
    expect(host.disk).toBe(mine);
  });

  test('is taken again when the user prefers the version on disk', async () => {
    const { app, host } = await open(blank);
    addToDesign(app(), paletteItems.queue, [0, 0]);
    const mine = app().session?.text;
    host.disk = `${blank}# theirs\n`;
    await app().save();
    await app().resolveConflict('disk');
    expect(app().session?.text).toBe(`${blank}# theirs\n`);
    expect(app().dirty).toBe(false);
    expect(host.journal).toBeUndefined();
    app().undo();
    expect(app().session?.text).toBe(mine);
    expect(app().dirty).toBe(true);
    expect(await app().save()).toBe(true);
    expect(host.disk).toBe(mine);
  });

  test('is loaded again after a change from elsewhere when nothing was edited', async () => {
    const { app, host } = await open(blank);
    host.disk = `${blank}# theirs\n`;
    app().changedOnDisk(host.opened().doc, host.opened());
    await vi.runAllTimersAsync();
    expect(app().session?.text).toBe(`${blank}# theirs\n`);
    expect(app().dirty).toBe(false);
    expect(app().shown?.history).toEqual([
      { id: 1, label: 'Changed by another program', origin: 'disk', done: true },
    ]);
    app().undo();
    expect([app().session?.text, app().dirty]).toEqual([blank, true]);
  });

  test('of a newer format from elsewhere is shown and cannot be changed', async () => {
    const { app, host } = await open(blank);
    host.disk = blank.replace('1', '2');
    app().changedOnDisk(host.opened().doc, host.opened());
    await vi.runAllTimersAsync();
    expect(app().session?.locked?.message).toContain('format 2');
  });
});

describe('a large document', () => {
  const large = `${blank}brokers: { mq: { kind: rabbitmq } }\nqueues:\n${Array.from({ length: 900 }, (_, n) => `  queue-${n}: { broker: mq }\n`).join('')}`;

  test('is drawn before it is reviewed', async () => {
    const { app } = await open(large);
    expect(app().shown?.scene.nodes).toHaveLength(900);
    expect(app().shown).toMatchObject({ awaited: true, issues: [], report: undefined });
    await vi.runAllTimersAsync();
    expect(app().shown?.awaited).toBeUndefined();
    expect(app().shown?.issues.length).toBeGreaterThanOrEqual(900);
  });

  test('is reviewed at once where somebody asks what is wrong, or edits it', async () => {
    const { app } = await open(large);
    showNext(app());
    expect(app().issue).toBe(app().shown?.issues[0]?.key);
    const other = await open(large);
    addToDesign(other.app(), paletteItems.queue, [0, 0]);
    expect(other.app().shown?.issues.length).toBeGreaterThan(app().shown?.issues.length ?? Infinity);
    await vi.runAllTimersAsync();
  });

  test('is followed once typing pauses, or something else is done', async () => {
    const { app, host } = await open(large);
    await vi.runAllTimersAsync();
    const before = app().shown;
    const read = app().session?.loaded;
    const type = (inserted: string) =>
      app().type([{ offset: app().session?.text.length ?? 0, removed: '', inserted }]);
    type('x');
    app().type([{ offset: large.length, removed: 'x', inserted: '' }]);
    // What is typed is not even read before.
    expect(app().session?.loaded).toBe(read);
    type('  late: { broker: mq }');
    expect(app().shown).toBe(before);
    expect([app().dirty, host.dirty]).toEqual([true, true]);
    await vi.runAllTimersAsync();
    expect(app().shown?.scene.nodes).toHaveLength(901);
    type('\n  later: { broker: mq }');
    expect(
      app()
        .reviewNow()
        .some(({ element }) => element === 'queues/later'),
    ).toBe(true);
    type('\n');
    app().undo();
    expect(app().shown?.text).toBe(app().session?.text);
  });

  test('is followed after a longer pause where that takes longer', async () => {
    const { app, store } = await open(large);
    await vi.runAllTimersAsync();
    const type = () => app().type([{ offset: 0, removed: '', inserted: '#' }]);
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const stop = store.subscribe(({ shown }, before) => {
      if (shown !== before.shown) now += 600;
    });
    type();
    await vi.advanceTimersByTimeAsync(251);
    expect(app().shown?.text).toBe(`#${large}`);
    type();
    await vi.advanceTimersByTimeAsync(599);
    expect(app().shown?.text).toBe(`#${large}`);
    await vi.advanceTimersByTimeAsync(2);
    expect(app().shown?.text).toBe(`##${large}`);
    stop();
    vi.restoreAllMocks();
  });

  test('is no longer reviewed once another one is open', async () => {
    const { app } = await open(large);
    await app().startFrom('small', blank);
    await vi.runAllTimersAsync();
    expect(app().shown?.loaded.text).toBe(blank);
    expect(app().shown?.issues.length).toBeLessThan(10);
  });
});

test('what is being saved does not come into the journal after that was cleared', async () => {
  const { app, host } = await open(blank);
  addToDesign(app(), paletteItems.queue, [0, 0]);
  const { designSave } = host.api;
  const slow: typeof designSave = async (input) => {
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    return designSave(input);
  };
  Object.assign(host.api, { designSave: slow });
  const saving = app().save();
  await vi.runAllTimersAsync();
  expect(await saving).toBe(true);
  expect(host.journal).toBeUndefined();
});

describe('the journal', () => {
  test('forgets an edit that was taken back', async () => {
    const { app, host } = await open(blank);
    addToDesign(app(), paletteItems.queue, [0, 0]);
    await vi.runAllTimersAsync();
    expect(host.journal).toBe(app().session?.text);
    app().undo();
    await vi.runAllTimersAsync();
    expect(host.journal).toBeUndefined();
  });

  test('forgets an earlier text than the one that is saved', async () => {
    const { app, host } = await open(blank);
    addToDesign(app(), paletteItems.queue, [0, 0]);
    await vi.runAllTimersAsync();
    addToDesign(app(), paletteItems.queue, [400, 0]);
    expect(await app().save()).toBe(true);
    await vi.runAllTimersAsync();
    expect(host.journal).toBeUndefined();
  });
});

describe('generating', () => {
  test('previews once the folder is chosen, and tells why nothing was written', async () => {
    const { app } = await open(blank);
    await app().pickFolder();
    expect(app().generation).toMatchObject({
      step: 'preview',
      changes: [{ path: 'package.json', status: 'new' }],
    });
    await app().write();
    expect(app().generation).toMatchObject({ step: 'problems', problems: [{ code: 'LOOM_UNSUPPORTED' }] });
  });

  test('is cancelled before anything is written, and what still comes of it is not shown', async () => {
    const { app } = await open(blank);
    const previewed = app().preview();
    const { generation } = app();
    expect(generation).toMatchObject({ step: 'working', doing: 'Generating' });
    if (generation.step === 'working') generation.cancel?.();
    expect(app().generation).toEqual({ step: 'idle' });
    await previewed;
    expect(app().generation).toEqual({ step: 'idle' });
    await app().pickFolder();
    const written = app().write();
    expect(app().generation).toMatchObject({ step: 'working', cancel: undefined });
    await written;
  });

  test('another design is not generated into the folder of the last one', async () => {
    const { app } = await open(blank);
    await app().pickFolder();
    expect(app().folder).toBeDefined();
    await app().startFrom('other', blank);
    expect([app().folder, app().generation]).toEqual([undefined, { step: 'idle' }]);
  });

  test('says what went wrong when the generator itself fails', async () => {
    const { app, host } = await open(blank);
    const broken = { generatePreview: () => Promise.reject(new Error('The worker ended.')) };
    Object.assign(host.api, broken);
    await app().preview();
    expect(app().generation).toMatchObject({
      step: 'problems',
      problems: [{ code: 'LOOM_GENERATE', message: 'The worker ended.' }],
    });
  });

  test('does nothing when no folder is chosen', async () => {
    const { app, host } = await open(blank);
    host.folder = false;
    await app().pickFolder();
    expect(app().generation).toEqual({ step: 'idle' });
  });
});
