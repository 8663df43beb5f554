import { type BrowserWindow, ipcMain, type WebContents, type WebFrameMain } from 'electron';
import {
  type Channel,
  type EventChannel,
  type In,
  ipc,
  ipcEvents,
  type Out,
  type Payload,
} from '../../../core/contract/ipc.ts';
import { isAppUrl } from '../protocol.ts';

/** Answers one channel. Expected failures are part of the answer; a throw is a defect. */
export type Handler<C extends Channel> = (input: In<C>, sender: WebContents) => Promise<Out<C>> | Out<C>;
export type Handlers = { readonly [C in Channel]: Handler<C> };

/**
 * Registers every channel of the contract. A call is refused unless it comes from the top frame of the app's own
 * page and its input has the contract's shape; the answer is checked too, so that a path cannot slip out.
 */
export function registerHandlers(handlers: Handlers): void {
  for (const channel of Object.keys(ipc) as Channel[]) register(channel, handlers[channel] as Handler<never>);
}

function register(channel: Channel, handler: Handler<never>): void {
  ipcMain.handle(channel, async (event, input: unknown, ...rest: unknown[]) => {
    if (!isOwnPage(event.senderFrame)) throw new Error(`LOOM_IPC_SENDER: ${channel} is not available here.`);
    const parsed = ipc[channel].in.safeParse(input);
    if (!parsed.success || rest.length > 0) {
      throw new Error(`LOOM_IPC_INPUT: ${channel} was called with data of the wrong shape.`);
    }
    return ipc[channel].out.parse(await handler(parsed.data as never, event.sender));
  });
}

/** True for the top frame of the app's own page; false for subframes and pages of any other origin. */
function isOwnPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}

/** Sends an event of the contract to a window that is still there. */
export function send<C extends EventChannel>(window: BrowserWindow, channel: C, payload: Payload<C>): void {
  if (!window.isDestroyed()) window.webContents.send(channel, ipcEvents[channel].parse(payload));
}
