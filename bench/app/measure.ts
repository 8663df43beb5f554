import type { CDPSession, Page } from '@playwright/test';

/** What a series of inputs cost the page. */
export interface Cost {
  /** Processor time of scripts for each input, in ms. */
  readonly script: number;
  /** Time in tasks beyond 50 ms, in all, in ms. */
  readonly long: number;
}

/** Sends inputs one by one, each after the frame of the one before. */
export async function costOf(page: Page, times: number, input: (at: number) => Promise<void>): Promise<Cost> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.evaluate(observeLongTasks);
  await frame(page);
  const before = await scriptTime(session);
  for (let at = 0; at < times; at++) {
    await input(at);
    await frame(page);
  }
  const script = ((await scriptTime(session)) - before) / times;
  const long = await page.evaluate(longTasks);
  await session.detach();
  return { script, long };
}

/** Time from a key to the first elements on the screen, in ms; `press` has it pressed. */
export async function timeToNodes(page: Page, press: () => Promise<void>): Promise<number> {
  // It listens before the key is pressed: the browser may hand the key over before what was asked of the page earlier.
  await page.evaluate(listenForNodes);
  await press();
  return page.evaluate(() => (window as unknown as { nodesShown: Promise<number> }).nodesShown);
}

async function scriptTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN);
}

export const frame = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));

/** Runs in the page. */
function observeLongTasks(): void {
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  });
  observer.observe({ type: 'longtask' });
  Object.assign(window, { longTasks: { tasks, observer } });
}

/** Runs in the page. */
function longTasks(): number {
  const { tasks, observer } = (
    window as unknown as { longTasks: { tasks: number[]; observer: PerformanceObserver } }
  ).longTasks;
  tasks.push(...observer.takeRecords().map(({ duration }) => duration));
  observer.disconnect();
  return tasks.reduce((sum, duration) => sum + duration, 0);
}

/** Runs in the page. */
function listenForNodes(): void {
  const nodesShown = new Promise<number>((resolve) => {
    let pressed = 0;
    addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true, once: true });
    const look = (): void => {
      const node = pressed > 0 && document.querySelector('.react-flow__node');
      if (node && getComputedStyle(node).visibility !== 'hidden')
        requestAnimationFrame(() => resolve(performance.now() - pressed));
      else requestAnimationFrame(look);
    };
    look();
  });
  Object.assign(window, { nodesShown });
}
