type OnAbort = () => void;

const watchers = new WeakMap<AbortSignal, Set<OnAbort>>();

/**
 * Calls back once if the signal aborts after this. A signal looks at all its listeners to add one, and hundreds of sends
 * share a signal: it gets one listener for all of them.
 */
export function watchAbort(signal: AbortSignal, onAbort: OnAbort): void {
  const watching = watchers.get(signal) ?? watched(signal);
  watching.add(onAbort);
}

/** Does nothing for what does not watch. */
export function unwatchAbort(signal: AbortSignal, onAbort: OnAbort): void {
  watchers.get(signal)?.delete(onAbort);
}

function watched(signal: AbortSignal): Set<OnAbort> {
  const watching = new Set<OnAbort>();
  watchers.set(signal, watching);
  const tellAll = () => {
    for (const onAbort of watching) onAbort();
    watching.clear();
  };
  signal.addEventListener('abort', tellAll, { once: true });
  return watching;
}

/** The promise's outcome, or the signal's reason if that aborts first. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else watchAbort(signal, onAbort);
    work.then(resolve, reject).finally(() => unwatchAbort(signal, onAbort));
  });
}

/** A promise to be settled from outside. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

export function deferred<T>(): Deferred<T> {
  let settle: Pick<Deferred<T>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Nobody may be waiting when it fails, which is no error by itself.
  promise.catch(() => {});
  return { promise, resolve: (value) => settle?.resolve(value), reject: (reason) => settle?.reject(reason) };
}

/** An AbortController that is made when somebody asks for its signal: most handlers never do. */
export class LazyAbort {
  #controller: AbortController | undefined;
  #reason: Error | undefined;

  get aborted(): boolean {
    return this.#reason !== undefined;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  abort(reason: Error): void {
    this.#reason ??= reason;
    this.#controller?.abort(this.#reason);
  }
}
