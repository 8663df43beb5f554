import type { DeliveryTelemetry, HandlerTelemetry, SendTelemetry, Telemetry } from './telemetry.ts';

const nothing = () => {};

const send: SendTelemetry = { trace: undefined, prepared: nothing, attempted: nothing, settled: nothing };
const handler: HandlerTelemetry = { trace: undefined, run: (work) => work(), ended: nothing };
const delivery: DeliveryTelemetry = {
  decoded: nothing,
  handling: () => handler,
  deadLettered: nothing,
  settled: nothing,
};

/** Watches nothing and allocates nothing. */
export const noTelemetry: Telemetry = {
  producer: () => ({ sending: () => send }),
  consumer: () => ({
    subscribed: nothing,
    received: () => delivery,
    storeFailed: nothing,
    copyFailed: nothing,
  }),
  service: nothing,
};
