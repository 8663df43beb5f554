import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Session } from '../../../core/history/session.ts';
import { PartCache } from '../../../core/text/cache.ts';
import { applyEdits } from '../../../core/text/compose.ts';
import { editText } from '../../../core/text/edit.ts';
import { load } from '../../../core/text/load.ts';
import { parse } from '../../../core/text/parse.ts';
import { Part } from '../../../core/text/part.ts';

const head = 'brokerloom: 1\ndesign: { name: x }\nbrokers:\n  w: { kind: rabbitmq }\n';
const queues = (count: number): string =>
  `${head}\nqueues:\n${Array.from(
    { length: count },
    (_, i) => `  # number ${i}\n  q${i}:\n    broker: w\n    maxLength: ${i + 1}\n\n`,
  ).join('')}`;

describe('parse', () => {
  it('takes nothing part by part that a parse of the whole would not take, and gives the same value', () => {
    const texts = ['fulfilment', 'orders', 'work-queue'].map((name) =>
      readFileSync(`examples/${name}.loom.yaml`, 'utf8').slice(0, 3000),
    );
    const corpus = readdirSync('test/fixtures/corpus').map((name) =>
      readFileSync(`test/fixtures/corpus/${name}`, 'utf8'),
    );
    const change = fc.record({
      at: fc.nat(),
      removed: fc.nat(6),
      inserted: fc.constantFrom(
        ...[
          '',
          ' ',
          '  ',
          '\n',
          '\n  ',
          ':',
          ': ',
          '#',
          ' #',
          '"',
          "'",
          '{',
          '}',
          '[',
          ']',
          ',',
          '- ',
          '? ',
          '&a ',
        ],
        ...[
          '*a',
          '|',
          '>',
          '!',
          '!!str ',
          '---\n',
          '...\n',
          '%',
          '\t',
          '\r\n',
          '<<: ',
          'a: b\n',
          '\n}',
          '\n]',
          '\n- ',
        ],
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...corpus, ...texts),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (text, changes) => {
          const changed = changes.reduce((now, { at, removed, inserted }) => {
            const offset = at % (now.length + 1);
            return now.slice(0, offset) + inserted + now.slice(offset + removed);
          }, text);
          const source = parse(changed);
          if (source.misread.length > 0 || source.limit) return;
          const whole = new Part(changed);
          expect(whole.errors.map(({ message }) => message)).toEqual([]);
          expect(source.value).toEqual(whole.value);
        },
      ),
      {
        numRuns: 1000,
        // What was once read otherwise than by a parse of the whole.
        examples: [
          ['brokerloom: 1\nbrokers:\n- \n    w: {}\n', []],
          ['brokerloom: 1\nservices:\n!!str  a: {}\n', []],
          ['!!str brokerloom: 1\nservices:\n  a: {}\n', []],
          ['brokerloom: 1\nservices:\r  \n  a:\n  - x: 1\n    y: 2\n  b: {}\n', []],
        ],
      },
    );
  }, 120_000);
});

describe('load with the parts of an earlier version', () => {
  it('parses one entry after an edit of one of 1,000', () => {
    const text = queues(1000);
    const cache = new PartCache();
    const { source, design } = load(text, cache);
    const before = cache.parses;
    const edits =
      source && editText(source, [{ op: 'set', path: ['queues', 'q500', 'maxLength'], value: 7 }]);
    if (!edits?.ok) throw new Error('the edit is possible');
    const after = load(applyEdits(text, edits.value), cache);
    expect(cache.parses - before).toBe(1);
    expect(after.design?.queues.get('q500')).toEqual({ broker: 'w', maxLength: 7 });
    // What has not changed is the same object, so that views and rules can tell without comparing.
    expect(after.design?.queues.get('q999')).toBe(design?.queues.get('q999'));
  });

  it('parses one entry although elements and their places together are more than elements may be', () => {
    const places = Array.from({ length: 12_000 }, (_, i) => `  queues/q${i}: [${i}, 0]\n`).join('');
    const text = `${queues(12_000)}layout:\n${places}`;
    const cache = new PartCache();
    load(text, cache);
    const before = cache.parses;
    const after = load(text.replace('maxLength: 501\n', 'maxLength: 7\n'), cache);
    expect(cache.parses - before).toBe(1);
    expect(after.design?.layout.size).toBe(12_000);
  });

  it('parses nothing on undo, and what is typed once', () => {
    const session = new Session(queues(100));
    const { cache } = session.loaded.source ?? {};
    /** After the text has been read as it is: a session does so when somebody asks what it says. */
    const parses = () => session.loaded && cache?.parses;
    const start = parses() ?? 0;
    const offset = session.text.indexOf('maxLength: 51');
    session.replaceText([{ offset, removed: 'maxLength', inserted: 'maxlength' }]);
    expect(parses()).toBe(start + 1);
    session.undo();
    expect(parses()).toBe(start + 1);
  });

  it('keeps positions right behind the edit', () => {
    const text = queues(20);
    const cache = new PartCache();
    load(text, cache);
    const longer = text.replace('    maxLength: 4\n', '    maxLength: 4\n    type: quorum\n    role: work\n');
    const again = load(longer, cache).source;
    const fresh = load(longer).source;
    for (const path of [['queues'], ['queues', 'q19'], ['queues', 'q19', 'maxLength'], ['brokers', 'w']]) {
      expect(again?.locate(path)).toEqual(fresh?.locate(path));
      const range = again?.valueRange(path);
      expect(range).toEqual(fresh?.valueRange(path));
    }
    const value = again?.valueRange(['queues', 'q19', 'maxLength']);
    expect(longer.slice(value?.start, value?.end)).toBe('20');
    expect(again?.pathAt(value?.start ?? 0)).toEqual(['queues', 'q19', 'maxLength']);
  });

  it('points at an error in an entry without reading the others', () => {
    const text = queues(50).replace('maxLength: 26', 'maxLength: [26');
    expect(load(text).problems).toMatchObject([{ code: 'LOOM_SYNTAX' }]);
    const wrong = load(queues(50).replace('maxLength: 26', 'maxLength: many')).problems;
    expect(wrong).toMatchObject([
      { code: 'LOOM_SCHEMA', element: 'queues/q25', at: { line: 135, column: 5 } },
    ]);
  });

  it('finds a key that stands twice in different parts', () => {
    const { problems } = load(`${head}queues:\n  a: { broker: w }\n  b: { broker: w }\n  a: { broker: w }\n`);
    expect(problems).toMatchObject([{ code: 'LOOM_SYNTAX', at: { line: 8, column: 3 } }]);
    expect(load(`${head}brokers: {}\n`).problems).toMatchObject([{ code: 'LOOM_SYNTAX', at: { line: 5 } }]);
  });

  it('reads anchors that reach over entries, and says where an alias has none', () => {
    const text = `${head}queues:\n  a: { broker: w, retry: &r { maxAttempts: 2 } }\n  b: { broker: w, retry: *r }\n`;
    expect(load(text).design?.queues.get('b')).toMatchObject({ retry: { maxAttempts: 2 } });
    expect(load(text.replace('&r ', '')).problems).toMatchObject([
      { code: 'LOOM_SYNTAX', message: expect.stringContaining('*r'), at: { line: 7, column: 26 } },
    ]);
    expect(load(`${head}x: &x [*x]\n`).problems).toMatchObject([
      { code: 'LOOM_SYNTAX', message: expect.stringContaining('itself'), at: { line: 5 } },
    ]);
  });

  it('says that merge keys merge nothing', () => {
    const text = `${head}x-base: &base { maxLength: 1 }\nqueues:\n  a:\n    <<: *base\n    broker: w\n`;
    expect(load(text).problems).toMatchObject([
      { code: 'LOOM_SYNTAX', message: expect.stringContaining('YAML 1.2'), at: { line: 8, column: 5 } },
    ]);
    expect(load(text.replace('<<', '"<<"')).design).toBeDefined();
  });

  it('gives the examples the values that one parse of the whole gives', () => {
    for (const name of ['fulfilment', 'naive', 'orders', 'work-queue']) {
      const text = readFileSync(`examples/${name}.loom.yaml`, 'utf8');
      // An alias in the text makes the parser read it as a whole.
      const whole = load(`${text}\nx-a: &a 1\nx-b: *a\n`);
      expect(load(text).design).toEqual(whole.design);
    }
  });
});
