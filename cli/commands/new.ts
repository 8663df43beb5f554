import { nearest } from '../../core/nearest.ts';
import { writeNew } from '../../disk/index.ts';
import { type TemplateId, templateList, templates } from '../../examples/templates.ts';
import { type Exit, exit } from '../exit.ts';
import { type Io, visible } from '../io.ts';

const ids = templateList.map(({ id }) => id);
const isTemplate = (id: string): id is TemplateId => Object.hasOwn(templates, id);

/** Lists the templates, or writes one of them to a file that does not exist yet. */
export async function run(io: Io, id: string | undefined, options: { readonly out?: string }): Promise<Exit> {
  if (id === undefined) return list(io);
  if (!isTemplate(id)) {
    const guess = nearest(id, ids);
    return io.fail([
      {
        code: 'LOOM_USAGE',
        message: `There is no template ${JSON.stringify(id)}.`,
        hint: guess ? `Did you mean ${guess}?` : `The templates are ${ids.join(', ')}.`,
      },
    ]);
  }
  const file = options.out ?? `${id}.loom.yaml`;
  const written = await writeNew(file, templates[id].text);
  if (!written.ok) return io.fail([written.error]);
  if (io.json) io.document({ template: id, file });
  io.note(`Wrote ${visible(file)}. Review it with: brokerloom lint ${visible(file)}`);
  return exit.ok;
}

function list(io: Io): Exit {
  const all = templateList.map(({ id, title, summary }) => ({ id, title, summary }));
  const widest = Math.max(...ids.map((id) => id.length));
  if (io.json) io.document({ templates: all });
  else io.result(all.map(({ id, summary }) => `${io.style.bold(id.padEnd(widest))} ${summary}`).join('\n'));
  return exit.ok;
}
