import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { idempotencyKey } from '../../runtime/core/idempotency/key.ts';
import { python } from '../brokers/support/python.ts';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { corpus } from '../generators/corpus.ts';
import { exampleText, generated } from '../generators/support.ts';
import { writeTree } from '../generators/write.ts';

const run = promisify(execFile);
type Json = Record<string, never>;

/** The example with a text in every free field that reaches Python. */
function poisoned(text: string): string {
  const design = parse(exampleText('thumbnails')) as Record<string, Record<string, Json>>;
  Object.assign(design['services']?.['pictures'] ?? {}, { description: text });
  const message = design['messages']?.['picture.uploaded'] as unknown as {
    schema: { properties: Json };
    examples: Json[];
  };
  Object.assign(message.schema.properties, {
    [`extra ${text}`]: { type: 'string', enum: [text, `other ${text}`] },
  });
  for (const example of message.examples)
    Object.assign(example, { pictureId: text, [`extra ${text}`]: text });
  const consumer = design['consumers']?.['make-thumbnails'] as Json;
  Object.assign(consumer, { retry: { maxAttempts: 3, nonRetryable: [text] } });
  return stringify(design);
}

/** Prints what the modules of a worker hold; the folders of several are given. */
const READ = `
import importlib, json, sys, tomllib
from typing import get_args, get_type_hints

found = []
for folder in sys.argv[1:]:
    sys.path.insert(0, folder)
    for name in [each for each in sys.modules if each.startswith("pictures_worker")]:
        del sys.modules[name]
    tasks = importlib.import_module("pictures_worker.tasks")
    contracts = importlib.import_module("pictures_worker.contracts")
    consumer = tasks.worker.consumers[0]
    hints = get_type_hints(contracts.PictureUploaded)
    last = list(hints)[-1]
    with open(folder + "/pyproject.toml", "rb") as file:
        project = tomllib.load(file)["project"]
    with open(folder + "/tests/examples/picture.uploaded.json", encoding="utf-8") as file:
        examples = json.load(file)
    found.append({
        "description": project["description"],
        "nonRetryable": consumer.retry.non_retryable,
        "field": last,
        "values": get_args(hints[last]),
        "schema": list(consumer.messages[0].schema["properties"])[-1],
        "example": examples[0]["pictureId"],
    })
    sys.path.pop(0)
json.dump(found, sys.stdout)
`;

/** Prints the keys of the messages that are given as JSON; of one that has none, why. */
const KEYS = `
import json, sys
from messaging.definitions import Envelope, Message
from messaging.errors import ValidationError
from messaging.keys import idempotency_key

keys = []
for data, key_from in json.loads(sys.argv[1]):
    envelope = Envelope(event_id="e", type="t", time="2026-01-01T00:00:00Z", schema_version=1, correlation_id="c")
    try:
        keys.append(idempotency_key("s", "c", Message("t", data, envelope, {}), key_from))
    except ValidationError as error:
        keys.append(str(error))
json.dump(keys, sys.stdout)
`;

/** Stops a worker of three processes that wait, one of which was killed; prints whether the others have noticed. */
const STOP = `
import os, signal
from pathlib import Path
from messaging.stopping import Stopping

def is_asleep(pid):
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"

stopping = Stopping()
children = []
for _ in range(3):
    child = os.fork()
    if child == 0:
        os._exit(0 if stopping.wait(600) else 1)
    children.append(child)
while not all(is_asleep(child) for child in children):
    os.sched_yield()
os.kill(children[0], signal.SIGKILL)
os.waitpid(children[0], 0)
signal.alarm(60)
stopping.set()
print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children[1:]], stopping.wait(600))
`;

/** What two languages write differently, unless somebody has seen to it. */
const AWKWARD: readonly (readonly [data: unknown, keyFrom: readonly string[]])[] = [
  ...[
    0,
    -0,
    1,
    1.5,
    1e3,
    1e20,
    1e21,
    1.5e21,
    123456789.125,
    1e-6,
    1e-7,
    1.25e-9,
    2 ** 53,
    1.7976931348623157e308,
  ].map((value) => [{ value }, ['/value']] as const),
  ...['plain', 'žluť', '🐎 is two units', 'a:b', '\u2028'].map(
    (value) => [{ value }, ['/value', 'event_id']] as const,
  ),
  [{ value: true }, ['/value']],
  [{ value: '' }, ['/value']],
  [{ value: null }, ['/value']],
  [{ value: [] }, ['/value']],
  [{ 'a/b': { '~c': ['x', 'y'] } }, ['/a~1b/~0c/1']],
  [{ list: ['x'] }, ['/list/01']],
  [{ list: ['x'] }, ['/list/length']],
  [{}, ['/missing']],
  [{}, ['idempotency_key']],
  [{}, ['type', 'time']],
];

describeWithBrokers('generated workers', { brokers: ['python'] }, () => {
  const root = mkdtempSync(join(tmpdir(), 'brokerloom-workers-'));
  const workers = join(root, 'example/workers');
  const pictures = join(workers, 'pictures');
  let executable: string;

  const call = async (folder: string, ...args: string[]): Promise<string> => {
    const path = [join(workers, 'messaging'), folder].join(delimiter);
    const options = { cwd: folder, env: { PATH: process.env['PATH'], PYTHONPATH: path, MYPYPATH: path } };
    return (await run(executable, args, options)).stdout;
  };

  beforeAll(async () => {
    executable = await python();
    writeTree(join(root, 'example'), generated(exampleText('thumbnails')));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('pass their own tests', async () => {
    expect(await call(pictures, '-m', 'pytest', '-q')).toMatch(/^5 passed/m);
  });

  test('are clean to the linter and to the type checker, the library with them', async () => {
    await call(
      pictures,
      '-m',
      'ruff',
      'check',
      '--no-cache',
      '--config',
      'pyproject.toml',
      '.',
      '../messaging',
    );
    const types = await call(
      pictures,
      '-m',
      'mypy',
      '--cache-dir=/dev/null',
      '-p',
      'messaging',
      '-p',
      'pictures_worker',
    );
    expect(types).toMatch(/^Success: no issues found/);
  });

  test('make the keys of the library in TypeScript', async () => {
    const script = join(root, 'keys.py');
    writeFileSync(script, KEYS);
    const envelope = {
      eventId: 'e',
      type: 't',
      time: '2026-01-01T00:00:00Z',
      schemaVersion: 1,
      correlationId: 'c',
    };
    const expected = AWKWARD.map(([data, keyFrom]) => {
      try {
        return idempotencyKey('s', 'c', { type: 't', data, envelope, headers: {} }, keyFrom);
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(JSON.parse(await call(pictures, script, JSON.stringify(AWKWARD)))).toEqual(expected);
  });

  test('stop although a process was killed while it waited', async () => {
    const script = join(root, 'stop.py');
    writeFileSync(script, STOP);
    expect(await call(pictures, script)).toBe('[0, 0] True\n');
  });

  describe('with hostile text in every free field', () => {
    test('carry the exact value', async () => {
      const folders = corpus.map((text, at) => {
        const folder = join(root, String(at));
        writeTree(folder, generated(poisoned(text)));
        return join(folder, 'workers/pictures');
      });
      const script = join(root, 'read.py');
      writeFileSync(script, READ);
      const found = JSON.parse(await call(pictures, script, ...folders));
      expect(found).toEqual(
        corpus.map((text) => ({
          description: text,
          nonRetryable: [text],
          field: `extra ${text}`,
          values: [text, `other ${text}`],
          schema: `extra ${text}`,
          example: text,
        })),
      );
      const all = join(root, 'all');
      writeTree(all, generated(poisoned(corpus.join(' ').slice(0, 150))));
      const worker = join(all, 'workers/pictures');
      expect(await call(worker, '-m', 'pytest', '-q')).toMatch(/^5 passed/m);
    });
  });
});
