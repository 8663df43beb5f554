import {
  type Context,
  createTraceState,
  isSpanContextValid,
  type SpanContext,
  type TraceFlags,
  trace,
} from '@opentelemetry/api';
import type { TraceContext } from './telemetry.ts';

/** https://www.w3.org/TR/trace-context/#traceparent-header; later versions may add fields behind. */
const traceparent = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:$|-)/;

/** What an envelope's trace context names; undefined when it names nothing, or nothing valid. */
export function readTrace(from: TraceContext): SpanContext | undefined {
  if (!from.traceparent) return undefined;
  const [, traceId = '', spanId = '', flags = '0'] = traceparent.exec(from.traceparent) ?? [];
  const read: SpanContext = {
    traceId,
    spanId,
    traceFlags: (Number.parseInt(flags, 16) & 1) as TraceFlags,
    isRemote: true,
    ...(from.tracestate ? { traceState: createTraceState(from.tracestate) } : {}),
  };
  return isSpanContextValid(read) ? read : undefined;
}

/** The active span of a context, as an envelope carries it; undefined when nothing is traced. */
export function writeTrace(from: Context): TraceContext | undefined {
  const active = trace.getSpanContext(from);
  if (active === undefined || !isSpanContextValid(active)) return undefined;
  const flags = (active.traceFlags & 1).toString(16).padStart(2, '0');
  const tracestate = active.traceState?.serialize();
  return {
    traceparent: `00-${active.traceId}-${active.spanId}-${flags}`,
    ...(tracestate ? { tracestate } : {}),
  };
}
