import { parse } from 'yaml';
import type { ExpandedOutput } from '../../core/contract/expanded.ts';
import { Graph } from '../../core/design/graph.ts';
import { redacted } from '../../core/redact.ts';
import { expandedText } from '../../core/text/expanded.ts';
import { type Exit, exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { openDesign } from '../open.ts';

/** Prints a design with its shorthand written out. The file stays as it is. */
export async function run(io: Io, file: string): Promise<Exit> {
  const opened = await openDesign(file);
  if (!opened.ok) return io.fail(opened.error);
  const text = redacted(expandedText(opened.value));
  const { origins } = Graph.of(opened.value.design);
  if (io.json) {
    io.document({
      version: 1,
      file: file.replaceAll('\\', '/'),
      design: parse(text) as Record<string, unknown>,
      implied: [...origins].map(([element, { address, field, role }]) => ({
        element,
        from: address,
        field,
        ...(role && { role }),
      })),
    } satisfies ExpandedOutput);
    return exit.ok;
  }
  io.result(text.split('\n').map(io.show).join('\n'));
  io.note(`${origins.size} implied ${origins.size === 1 ? 'element' : 'elements'}`);
  return exit.ok;
}
