import type { GenerateChange, Out } from '../../../core/contract/ipc.ts';
import type { Generated } from './generate.worker.ts';

/**
 * Generates into a folder the browser gave access to, or into none, to see what that would be. It only adds: merging a new version into edited files is left to
 * the desktop app and the command line, so a file that is there with other content is reported and not touched.
 */
export async function generateInto(
  folder: FileSystemDirectoryHandle | null,
  text: string,
  write: boolean,
): Promise<Out<'generate.write'>> {
  const generated = await inWorker(text);
  if ('problems' in generated) return { status: 'problems', problems: [...generated.problems] };
  const changes: GenerateChange[] = [];
  for (const [path, { content, ownership }] of generated.files) {
    const before = folder && (await readText(folder, path));
    const change = { path, ownership, before, ...compare(before, content, ownership) };
    changes.push(change);
    if (write && folder && change.status === 'new') await writeText(folder, path, content);
  }
  return { status: 'done', changes };
}

function inWorker(text: string): Promise<Generated> {
  const worker = new Worker(new URL('./generate.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Generated>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Generated>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`LOOM_GENERATE ${message}`));
    worker.postMessage(text);
  }).finally(() => worker.terminate());
}

function compare(
  before: string | null,
  after: string,
  ownership: GenerateChange['ownership'],
): Pick<GenerateChange, 'status' | 'after' | 'reason' | 'pristine'> {
  if (before === null) return { status: 'new', after };
  if (before === after || ownership === 'yours') return { status: 'unchanged', after: before };
  return {
    status: 'conflict',
    after,
    pristine: after,
    reason: 'it differs and is left alone; the desktop app and the command line can merge it',
  };
}

/** Text of a file below a folder; null when there is none. */
async function readText(folder: FileSystemDirectoryHandle, path: string): Promise<string | null> {
  try {
    const { parent, name } = await locate(folder, path, false);
    return await (await (await parent.getFileHandle(name)).getFile()).text();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return null;
    throw error;
  }
}

async function writeText(folder: FileSystemDirectoryHandle, path: string, text: string): Promise<void> {
  const { parent, name } = await locate(folder, path, true);
  const stream = await (await parent.getFileHandle(name, { create: true })).createWritable();
  await stream.write(text);
  await stream.close();
}

async function locate(folder: FileSystemDirectoryHandle, path: string, create: boolean) {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let parent = folder;
  for (const part of parts) parent = await parent.getDirectoryHandle(part, { create });
  return { parent, name };
}
