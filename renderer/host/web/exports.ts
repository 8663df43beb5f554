import type { ExportToken, In, Out } from '../../../core/contract/ipc.ts';
import { type ExportFormat, exportFormats, exportName } from '../../../core/export/formats.ts';
import { randomToken } from './documents.ts';
import { download, pickTarget } from './pickers.ts';

interface Target {
  readonly name: string;
  readonly mime: string;
  readonly handle: FileSystemFileHandle | 'download';
}

/** Exports of the web app: to a file that the user picks, or to the downloads. */
export class WebExports {
  readonly #targets = new Map<ExportToken, Target>();

  async pick(design: string, format: ExportFormat): Promise<Out<'export.pick'>> {
    const { label, extension, mime } = exportFormats[format];
    const name = exportName(design, format);
    const types = [{ description: label, accept: { [mime]: [`.${extension}`] } }];
    const handle = await pickTarget(name, types);
    if (handle === null) return { status: 'cancelled' };
    const target = `exp_${randomToken()}`;
    this.#targets.set(target, { name: handle === 'download' ? name : handle.name, mime, handle });
    // A browser gives access to the one file that was picked, and asks before a second download.
    return { status: 'picked', target, beside: null };
  }

  async write({ target, content, encoding }: In<'export.write'>): Promise<Out<'export.write'>> {
    const found = this.#targets.get(target);
    if (!found) throw new Error('LOOM_EXPORT_UNKNOWN: no such target.');
    this.#targets.delete(target);
    const { name, mime, handle } = found;
    const data = encoding === 'utf8' ? content : bytesOf(content);
    try {
      if (handle === 'download') download(name, data, mime);
      else {
        const stream = await handle.createWritable();
        await stream.write(data);
        await stream.close();
      }
    } catch (error) {
      return {
        status: 'failed',
        code: 'LOOM_IO',
        reason: `${name}: the browser refused (${error instanceof Error ? error.message : error}). The design is as it was; export it to another place.`,
      };
    }
    return { status: 'saved', name, folder: handle === 'download' ? 'the downloads' : '' };
  }
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
