import type { ViewSlice } from '../state/view.ts';
import type { Slice } from '../state.ts';

/** A little longer than the transition that the style sheet of the canvas gives to moves, in ms. */
const GLIDE = 240;
let glided: ReturnType<typeof setTimeout> | undefined;

export const viewSlice: Slice<ViewSlice> = (set, get) => ({
  leftTab: 'palette',
  leftOpen: true,
  bottomTab: 'problems',
  bottomOpen: true,
  contractTab: 'schema',
  yamlOpen: false,
  unfoldRetries: false,
  overview: true,
  layingOut: false,
  gliding: false,
  dialog: undefined,
  explained: undefined,
  question: undefined,
  armed: undefined,
  themeAsked: undefined,
  insertInto: undefined,
  notice: undefined,
  fit: 0,
  fitTo: 'all',
  actualSize: 0,
  quickAdd: 0,
  textRequest: undefined,
  quickAddAfter: undefined,
  panelAsked: undefined,
  showLeft: (leftTab) => set({ leftTab, leftOpen: true }),
  setLeftOpen: (leftOpen) => set({ leftOpen }),
  showBottom: (bottomTab) => set({ bottomTab, bottomOpen: true }),
  showContract: (contractTab) => set({ contractTab, bottomTab: 'contracts', bottomOpen: true }),
  setBottomOpen: (bottomOpen) => set({ bottomOpen }),
  toggleYaml: () => set(({ yamlOpen }) => ({ yamlOpen: !yamlOpen })),
  toggleRetries: () => {
    set(({ unfoldRetries }) => ({ unfoldRetries: !unfoldRetries }));
    get().remember(get().shown?.positions ?? new Map());
  },
  toggleOverview: () => set(({ overview }) => ({ overview: !overview })),
  setLayingOut: (layingOut) => set({ layingOut }),
  glide: (change) => {
    set({ gliding: true });
    clearTimeout(glided);
    glided = setTimeout(() => set({ gliding: false }), GLIDE);
    return change();
  },
  askTheme: (theme) => set({ themeAsked: { theme } }),
  openDialog: (dialog) => set({ dialog }),
  chooseQuestion: (question) => set({ question }),
  explain: (explained) => set({ explained }),
  arm: (armed) => set({ armed }),
  aimInsert: (insertInto) => set({ insertInto }),
  notify: (value) => set(({ notice }) => ({ notice: { id: (notice?.id ?? 0) + 1, value } })),
  fitView: (fitTo = 'all') => set(({ fit }) => ({ fit: fit + 1, fitTo })),
  showActualSize: () => set(({ actualSize }) => ({ actualSize: actualSize + 1 })),
  askText: (command) => set({ textRequest: { command } }),
  askQuickAdd: (quickAddAfter) => set(({ quickAdd }) => ({ quickAdd: quickAdd + 1, quickAddAfter })),
  focusPanel: (panel) =>
    set(({ panelAsked }) => ({ panelAsked: { panel, times: (panelAsked?.times ?? 0) + 1 } })),
});
