/** While the page has nothing to draw and no input, but within this time, in ms, at the latest. */
const PATIENCE = 100;

/** Goes through the steps when the page has nothing else to do, so that none of them delays drawing or input by more than itself. */
export async function whenIdle(steps: Iterator<unknown>): Promise<void> {
  for (let done = false; !done; ) {
    const hasTime = await idle();
    do done = steps.next().done === true;
    while (!done && hasTime());
  }
}

/** Resolves in an idle moment, to whether it still lasts. */
const idle = (): Promise<() => boolean> =>
  new Promise((resolve) => {
    // Not every browser has it.
    if (typeof requestIdleCallback === 'undefined') setTimeout(() => resolve(() => false));
    else
      requestIdleCallback((deadline) => resolve(() => deadline.timeRemaining() > 0), { timeout: PATIENCE });
  });
