import { createTwoFilesPatch } from 'diff';
import type { GenerateChange, Out } from '../../../core/contract/ipc.ts';
import type { Generated } from './generate.worker.ts';

/**
 * Generates into a folder the browser gave access to. It only adds: merging a new version into edited files is left to
 * the desktop app and the command line, so a file that is there with other content is reported and not touched.
 */
export async function generateInto(
  folder: FileSystemDirectoryHandle,
  text: string,
  write: boolean,
): Promise<Out<'generate.write'>> {
  const generated = await inWorker(text);
  if ('problems' in generated) return { status: 'problems', problems: [...generated.problems] };
  const changes: GenerateChange[] = [];
  for (const [path, content] of generated.files) {
    const change = compare(path, await readText(folder, path), content);
    changes.push(change);
    if (write && change.status === 'new') await writeText(folder, path, content);
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

function compare(path: string, before: string | null, after: string): GenerateChange {
  if (before === after) return { path, status: 'unchanged', diff: '' };
  const diff = createTwoFilesPatch(path, path, before ?? '', after, '', '', { context: 3 });
  if (before === null) return { path, status: 'new', diff };
  const reason = 'it differs and is left alone; the desktop app and the command line can merge it';
  return { path, status: 'conflict', diff, reason };
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
