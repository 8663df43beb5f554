import type { ReactNode } from 'react';
import type { ElementAddress } from '../../../core/design/design.ts';
import type { PaletteItem } from '../../panels/palette/items.ts';

export type LeftTab = 'palette' | 'outline';
/** `auto` follows the system. */
export type ThemeChoice = 'light' | 'dark' | 'auto';
export type BottomTab = 'problems' | 'checklist' | 'contracts' | 'generated' | 'history';
/** A part of the window that the keyboard can be led to. */
export type PanelId = 'outline' | 'canvas' | 'yaml' | 'properties' | 'bottom';
/** What of a message contract is shown. */
export type ContractTab = 'schema' | 'examples' | 'versions' | 'users';
export type Dialog =
  | 'commands'
  | 'elements'
  | 'generate'
  | 'shortcuts'
  | 'templates'
  | 'conflict'
  | 'recovered';

/** What can be asked of the editor of the text, at its cursor. */
export type TextCommand = 'definition' | 'references' | 'rename' | 'fix';

/** A message that passes: what happened and what to do. */
export interface Notice {
  readonly tone: 'error' | 'info' | 'success';
  readonly title: string;
  readonly detail?: ReactNode;
}

export interface ViewSlice {
  readonly leftTab: LeftTab;
  readonly leftOpen: boolean;
  readonly bottomTab: BottomTab;
  readonly bottomOpen: boolean;
  readonly contractTab: ContractTab;
  readonly yamlOpen: boolean;
  readonly unfoldRetries: boolean;
  /** Whether the overview map is shown while part of the drawing is out of view. */
  readonly overview: boolean;
  /** Whether a layout is being worked out. */
  readonly layingOut: boolean;
  /** Whether elements glide to the places that they get. */
  readonly gliding: boolean;
  readonly dialog: Dialog | undefined;
  /** Rule that is explained at the moment. */
  readonly explained: string | undefined;
  /** Palette item that the next click on the canvas places. */
  readonly armed: PaletteItem | undefined;
  /** Statement of the connection that what is dragged from the palette would be put into. */
  readonly insertInto: ElementAddress | undefined;
  readonly notice: { readonly id: number; readonly value: Notice } | undefined;
  /** Grows with every request to fit the canvas. */
  readonly fit: number;
  readonly fitTo: 'all' | 'readable';
  /** Grows with every request to show elements at their full size. */
  readonly actualSize: number;
  /** Grows with every request to offer what can be added. */
  readonly quickAdd: number;
  /** What the editor of the text was asked to do last; a new object each time. */
  readonly textRequest: { readonly command: TextCommand } | undefined;
  /** Element that what is added by that request is to follow; missing = none. */
  readonly quickAddAfter: ElementAddress | undefined;
  /** Part of the window that was asked to take the keyboard last; `times` grows with every request. */
  readonly panelAsked: { readonly panel: PanelId; readonly times: number } | undefined;
  showLeft(tab: LeftTab): void;
  setLeftOpen(open: boolean): void;
  showBottom(tab: BottomTab): void;
  setBottomOpen(open: boolean): void;
  /** Shows a part of the contract of the selected message. */
  showContract(tab: ContractTab): void;
  toggleYaml(): void;
  toggleRetries(): void;
  toggleOverview(): void;
  setLayingOut(layingOut: boolean): void;
  /** Makes a change whose moves are animated. */
  glide<T>(change: () => T): T;
  /** Theme that was asked for by a command; a new object each time. */
  readonly themeAsked: { readonly theme: ThemeChoice } | undefined;
  askTheme(theme: ThemeChoice): void;
  openDialog(dialog: Dialog | undefined): void;
  /** Question of the checklist that is chosen; missing = the first that needs somebody. */
  readonly question: string | undefined;
  chooseQuestion(id: string | undefined): void;
  explain(rule: string | undefined): void;
  arm(item: PaletteItem | undefined): void;
  aimInsert(at: ElementAddress | undefined): void;
  notify(notice: Notice): void;
  /** Fits the canvas: to all of the design, or beside the text to what can be read of it. */
  fitView(to?: 'all' | 'readable'): void;
  showActualSize(): void;
  askText(command: TextCommand): void;
  askQuickAdd(after?: ElementAddress): void;
  focusPanel(panel: PanelId): void;
}
