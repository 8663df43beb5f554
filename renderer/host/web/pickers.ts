/** The File System Access API as far as it is used here; only Chromium-based browsers have it, and no TypeScript lib. */
interface Pickers {
  showOpenFilePicker?(options: { types: FileTypes }): Promise<[FileSystemFileHandle]>;
  showSaveFilePicker?(options: { types: FileTypes; suggestedName: string }): Promise<FileSystemFileHandle>;
  showDirectoryPicker?(options: { mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
}
export type FileTypes = readonly {
  description: string;
  accept: Readonly<Record<string, readonly string[]>>;
}[];

const types: FileTypes = [
  { description: 'Brokerloom design', accept: { 'application/yaml': ['.yaml', '.yml'] } },
];
const pickers = () => window as unknown as Pickers;

/** A file the user chose. Without a handle it can be read once and never written back. */
export interface PickedFile {
  readonly file: File;
  readonly handle: FileSystemFileHandle | null;
}

/** Asks for a file to open; null when the user cancels. */
export async function pickFile(): Promise<PickedFile | null> {
  const { showOpenFilePicker } = pickers();
  if (!showOpenFilePicker) return uploadFile();
  const picked = await unlessCancelled(showOpenFilePicker({ types }));
  const handle = picked?.[0];
  return handle ? { handle, file: await handle.getFile() } : null;
}

/** Asks where to save. `download`: the browser has no way to ask, the file goes to the downloads. */
export async function pickTarget(
  suggestedName: string,
  of = types,
): Promise<FileSystemFileHandle | 'download' | null> {
  const { showSaveFilePicker } = pickers();
  return showSaveFilePicker ? unlessCancelled(showSaveFilePicker({ types: of, suggestedName })) : 'download';
}

/** Asks for a folder to write; `unsupported` when the browser has no such dialog. */
export async function pickFolder(): Promise<FileSystemDirectoryHandle | 'unsupported' | null> {
  const { showDirectoryPicker } = pickers();
  return showDirectoryPicker ? unlessCancelled(showDirectoryPicker({ mode: 'readwrite' })) : 'unsupported';
}

export function download(name: string, content: BlobPart, type = 'application/yaml'): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

function uploadFile(): Promise<PickedFile | null> {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.yaml,.yml' });
  return new Promise((resolve) => {
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      resolve(file ? { file, handle: null } : null);
    });
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

async function unlessCancelled<T>(picked: Promise<T>): Promise<T | null> {
  try {
    return await picked;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}
