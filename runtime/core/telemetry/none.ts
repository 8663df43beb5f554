import type { DeliveryTelemetry, HandlerTelemetry, SendTelemetry, Telemetry } from './telemetry.ts';

const nothing = () => {};

export const noSend: SendTelemetry = {
  trace: undefined,
  prepared: nothing,
  attempted: nothing,
  settled: nothing,
};
export const noHandler: HandlerTelemetry = { trace: undefined, run: (work) => work(), ended: nothing };
const delivery: DeliveryTelemetry = {
  decoded: nothing,
  handling: () => noHandler,
  deadLettered: nothing,
  settled: nothing,
};

/** Watches nothing and allocates nothing. */
export const noTelemetry: Telemetry = {
  producer: () => ({ sending: () => noSend }),
  consumer: () => ({
    subscribed: nothing,
    received: () => delivery,
    storeFailed: nothing,
    copyFailed: nothing,
  }),
  service: nothing,
};
