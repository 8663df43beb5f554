import { human } from './human.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';

/** The forms of a checklist by name. */
export const checklistFormats = { human, json, markdown } as const;
export type ChecklistFormat = keyof typeof checklistFormats;
