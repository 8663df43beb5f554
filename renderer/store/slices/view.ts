import type { ViewSlice } from '../state/view.ts';
import type { Slice } from '../state.ts';

export const viewSlice: Slice<ViewSlice> = (set, get) => ({
  leftTab: 'palette',
  leftOpen: true,
  bottomTab: 'problems',
  bottomOpen: true,
  yamlOpen: false,
  unfoldRetries: false,
  dialog: undefined,
  explained: undefined,
  question: undefined,
  armed: undefined,
  notice: undefined,
  fit: 0,
  fitTo: 'all',
  actualSize: 0,
  quickAdd: 0,
  showLeft: (leftTab) => set({ leftTab, leftOpen: true }),
  setLeftOpen: (leftOpen) => set({ leftOpen }),
  showBottom: (bottomTab) => set({ bottomTab, bottomOpen: true }),
  setBottomOpen: (bottomOpen) => set({ bottomOpen }),
  toggleYaml: () => set(({ yamlOpen }) => ({ yamlOpen: !yamlOpen })),
  toggleRetries: () => {
    set(({ unfoldRetries }) => ({ unfoldRetries: !unfoldRetries }));
    get().remember(get().shown?.positions ?? new Map());
  },
  openDialog: (dialog) => set({ dialog }),
  chooseQuestion: (question) => set({ question }),
  explain: (explained) => set({ explained }),
  arm: (armed) => set({ armed }),
  notify: (value) => set(({ notice }) => ({ notice: { id: (notice?.id ?? 0) + 1, value } })),
  fitView: (fitTo = 'all') => set(({ fit }) => ({ fit: fit + 1, fitTo })),
  showActualSize: () => set(({ actualSize }) => ({ actualSize: actualSize + 1 })),
  askQuickAdd: () => set(({ quickAdd }) => ({ quickAdd: quickAdd + 1 })),
});
