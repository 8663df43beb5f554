import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CommandId } from '../../core/commands/registry.ts';
import type { ElementAddress, Point } from '../../core/design/design.ts';
import { Graph } from '../../core/design/graph.ts';
import { sceneOf } from '../../core/drawing/scene.ts';
import { shapes } from '../../core/drawing/shapes.ts';
import { Reviewer } from '../../core/review/index.ts';
import { load } from '../../core/text/load.ts';
import { addToDesign } from '../../renderer/actions/add.ts';
import { addUndrawn, undrawn } from '../../renderer/actions/addUndrawn.ts';
import { copiedText, pasteText } from '../../renderer/actions/clipboard.ts';
import { duplicateSelected } from '../../renderer/actions/duplicate.ts';
import { fixAllSafe } from '../../renderer/actions/problems.ts';
import { type ActionId, actionEntries } from '../../renderer/actions/registry.ts';
import { paletteItems } from '../../renderer/panels/palette/items.ts';
import { reviewed } from '../../renderer/store/issues.ts';
import type { AppState } from '../../renderer/store/state.ts';
import { createAppStore } from '../../renderer/store/store.ts';
import { MemoryHost } from './store/host.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const start = `brokerloom: 1 # the design of a test

design:
  name: random
  environment: prod

brokers:
  mq: { kind: rabbitmq }
  log: { kind: kafka }

# what is published
messages:
  made: { version: 1 }

exchanges:
  hub: { broker: mq, type: topic }
queues:
  jobs: { broker: mq, deadLetter: true, retry: standard } # the work
streams:
  history: { broker: log, retention: 7d }
bindings:
  hub-jobs: { source: hub, destination: jobs, routingKey: "#" }
producers:
  api: { channel: hub, messages: [made] }
consumers:
  worker: { channel: jobs }
layout:
  consumers/worker: [600, 0]
  exchanges/hub: [200, 0]
  producers/api: [0, 0]
  queues/jobs: [400, 0]
`;

/** A user's step, given numbers to choose by. */
type Step = (app: () => AppState, host: MemoryHost, a: number, b: number) => void | Promise<void>;

/** One of the elements on the canvas. */
const pick = ({ shown }: AppState, n: number): ElementAddress | undefined =>
  shown?.scene.nodes.at(n % Math.max(1, shown.scene.nodes.length))?.address;

const at = (a: number, b: number): Point => [(a % 90) * 8, (b % 60) * 8];

function selectSome(app: AppState, a: number, b: number): void {
  app.select(
    [pick(app, a), pick(app, b)].filter((address) => address !== undefined),
    'canvas',
  );
}

/** Lines of YAML as people type them, right and wrong. */
const typed = [
  '  extra: { broker: mq }\n',
  '# a remark\n',
  '  broken: { broker: \n',
  '\tx\n',
  'notes:\n  remark: { text: "two words" }\n',
];

/** A step for each command; one that is missing does not compile. */
const commandSteps = {
  'element.add': (app, _host, a, b) => {
    const shape = shapes[a % shapes.length] ?? 'queue';
    addToDesign(app(), paletteItems[shape], at(a, b));
  },
  'element.connect': (app, _host, a, b) => {
    const [from, to] = [pick(app(), a), pick(app(), b)];
    if (from && to) app().run('element.connect', { from, to });
  },
  'element.move': (app, _host, a, b) => {
    const address = pick(app(), a);
    if (address && !app().shown?.graph?.origins.has(address))
      app().run('element.move', { moves: [{ address, to: at(b, a) }] });
  },
  'element.delete': (app, _host, a, b) => {
    selectSome(app(), a, b);
    app().deleteSelected();
  },
  'element.rename': (app, _host, a, b) => {
    const address = pick(app(), a);
    if (address) app().rename(address, `name-${b % 7}`);
  },
  'element.set': (app, _host, a, b) => {
    const address = pick(app(), a);
    if (!address?.startsWith('queues/')) return;
    const value = [undefined, 10, 5000][b % 3];
    app().run('element.set', { address, field: ['maxLength'], value });
  },
  'element.paste': (app, _host, a, b) => {
    selectSome(app(), a, b);
    const text = copiedText(app());
    if (text !== undefined) pasteText(app(), text, at(a, b));
  },
  'element.insert': (app, _host, a, b) => {
    const links = app().shown?.scene.links ?? [];
    const link = links.at(a % Math.max(1, links.length));
    if (link) app().run('element.insert', { element: link.element, section: 'exchanges', at: at(a, b) });
  },
  'note.resize': (app, _host, a, b) => {
    const notes = app().shown?.scene.nodes.filter(({ shape }) => shape === 'note') ?? [];
    const address = notes.at(a % Math.max(1, notes.length))?.address;
    const place = address && app().shown?.positions.get(address);
    if (address && place)
      app().run('note.resize', { address, at: place, width: (a % 50) * 8, height: (b % 30) * 8 });
  },
  'message.set': (app, _host, a, b) => {
    const message = pickMessage(app(), a);
    const schema = { type: 'object', required: ['id', `part-${b % 3}`].slice(b % 2) };
    if (message) app().run('message.set', { message, field: 'schema', value: schema });
  },
  'message.version': (app, _host, a) => {
    const message = pickMessage(app(), a);
    if (message) app().run('message.version', { message });
  },
} as const satisfies Record<CommandId, Step>;

const pickMessage = ({ session }: AppState, n: number): string | undefined => {
  const ids = [...(session?.design?.messages.keys() ?? [])];
  return ids[n % Math.max(1, ids.length)];
};

/** Actions that need a window, a worker or a choice of files. */
const apart: ReadonlySet<string> = new Set<ActionId>([
  'file.new',
  'file.open',
  'file.saveAs',
  'layout.arrange',
  'generate.preview',
  'panel.next',
  'panel.previous',
]);
const free = actionEntries.filter(([id]) => !apart.has(id));

/** What other programs do to the file: write another design, edit this one rightly or wrongly, save it, delete it. */
const changes: readonly ((text: string, n: number) => string | null)[] = [
  (_text, n) => start.replace('name: random', `name: other-${n % 5}`),
  (text, n) => text.replace(/maxLength: \d+/, `maxLength: ${n + 1}`),
  (text, n) => withLine(text, n, typed[n % typed.length] ?? ''),
  (text) => text,
  () => null,
];

const withLine = (text: string, n: number, line: string): string => {
  const lines = text.split('\n');
  return lines.toSpliced(n % lines.length, 0, line.trimEnd()).join('\n');
};

const steps = {
  ...commandSteps,
  action: (app, _host, a, b) => {
    selectSome(app(), b, b + 1);
    const [, action] = free[a % free.length] ?? [];
    if (action && (action.enabled?.(app()) ?? true)) action.run(app());
  },
  name: (app, _host, _a, b) => {
    const { naming } = app();
    if (naming) app().rename(naming, `named-${b % 7}`);
  },
  undrawn: (app, _host, a) => addUndrawn(app(), undrawn[a % undrawn.length] ?? 'services'),
  nudge: (app, _host, a, b) => {
    selectSome(app(), a, b);
    app().nudge((a % 3) - 1, (b % 3) - 1);
  },
  duplicate: (app, _host, a, b) => {
    selectSome(app(), a, b);
    duplicateSelected(app());
  },
  fix: (app) => fixAllSafe(app()),
  fold: (app) => app().toggleRetries(),
  type: (app, _host, a, b) => {
    const text = app().session?.text ?? '';
    const lines = text.split('\n');
    const line = a % lines.length;
    const offset = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
    app().type([{ offset, removed: '', inserted: typed[b % typed.length] ?? '' }]);
  },
  erase: (app, _host, a) => {
    const text = app().session?.text ?? '';
    const offset = a % Math.max(1, text.length);
    app().type([{ offset, removed: text.slice(offset, offset + 3), inserted: '' }]);
  },
  revert: (app) => app().revertToValid(),
  undo: (app) => app().undo(),
  redo: (app) => app().redo(),
  save: async (app) => void (await app().save()),
  elsewhere: async (app, host, a, b) => {
    // Another program changes the file; an open document without edits follows, one with edits asks.
    const change = changes[b % changes.length] ?? (() => start);
    host.disk = change(app().session?.text ?? '', a);
    app().changedOnDisk(host.opened().doc, { ...host.opened(), text: host.disk });
    await vi.advanceTimersByTimeAsync(0);
    if (app().conflict) await app().resolveConflict(a % 2 === 0 ? 'disk' : 'mine');
  },
} as const satisfies Record<string, Step>;

/** Text, model, canvas and review say the same; while the text is invalid, the canvas is that of the last valid one. */
function check(app: AppState): void {
  const { session, shown } = app;
  if (!session || !shown) throw new Error('nothing is open');
  expect(shown.text).toBe(session.text);
  expect(app.dirty).toBe(session.text !== app.file?.text);
  const valid = shown.valid ? load(session.text) : shown.lastValid;
  expect(load(session.text).design !== undefined).toBe(shown.valid);
  if (!valid?.design || !valid.source) return;
  expect(session.lastValid?.design).toEqual(valid.design);
  const graph = Graph.of(valid.design);
  const scene = sceneOf(graph, app.unfoldRetries);
  expect(shown.scene.nodes).toEqual(scene.nodes);
  expect(shown.scene.links).toEqual(scene.links);
  for (const { address } of scene.nodes) expect(shown.positions.has(address), address).toBe(true);
  // The place of a note may have its size with it.
  for (const [address, [x, y]] of valid.design.layout) {
    if (scene.byAddress.has(address)) expect(shown.positions.get(address), address).toEqual([x, y]);
  }
  for (const address of app.selected) expect(app.isThere(address) || scene.byAddress.has(address)).toBe(true);
  if (!shown.valid) return;
  const { issues } = reviewed(valid, graph, new Reviewer(), app.reviewOptions);
  expect(shown.issues).toEqual(withoutFixes(issues));
}

/** Fixes are functions, made anew with each review. */
const withoutFixes = (issues: NonNullable<AppState['shown']>['issues']) =>
  issues.map((issue) => ({ ...issue, fix: issue.fix ? expect.anything() : undefined }));

const names = Object.keys(steps) as (keyof typeof steps)[];
const sequence = fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(10_000), fc.nat(10_000)), {
  minLength: 4,
  maxLength: 24,
});

test('whatever a user does, canvas, model, review and text say the same, and undo leads back', async () => {
  await fc.assert(
    fc.asyncProperty(sequence, async (actions) => {
      const host = new MemoryHost(start);
      const store = createAppStore(host.api);
      const app = () => store.getState();
      await app().start();
      check(app());
      for (const [name, a, b] of actions) {
        await (steps[name] as Step)(app, host, a, b);
        check(app());
      }
      const last = app().session?.text;
      const opened = app().session;
      let undone = 0;
      while (opened?.canUndo) {
        opened.undo();
        undone++;
      }
      check(app());
      for (; undone > 0; undone--) opened?.redo();
      expect(app().session?.text).toBe(last);
      check(app());
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 25) },
  );
});
