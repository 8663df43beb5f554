import { elementAdd } from './element.add.ts';
import { elementConnect } from './element.connect.ts';
import { elementDelete } from './element.delete.ts';
import { elementInsert } from './element.insert.ts';
import { elementMove } from './element.move.ts';
import { elementPaste } from './element.paste.ts';
import { elementRename } from './element.rename.ts';
import { elementSet } from './element.set.ts';
import { messageSet } from './message.set.ts';
import { messageVersion } from './message.version.ts';
import { noteResize } from './note.resize.ts';

/** Every action that changes a design. Canvas, inspector, outline and command line all go through these. */
export const commands = {
  'element.add': elementAdd,
  'element.connect': elementConnect,
  'element.delete': elementDelete,
  'element.insert': elementInsert,
  'element.move': elementMove,
  'element.paste': elementPaste,
  'element.rename': elementRename,
  'element.set': elementSet,
  'note.resize': noteResize,
  'message.set': messageSet,
  'message.version': messageVersion,
} as const;

export type CommandId = keyof typeof commands;
export type ArgsOf<C extends CommandId> = Parameters<(typeof commands)[C]['apply']>[1];
