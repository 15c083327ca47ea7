import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { ExchangeEvent } from 'onbehalf'

const tracer = trace.getTracer('token-exchange')

/** Makes each finished call a span; pass it as the client's `onEvent`. */
export function recordSpan(event: ExchangeEvent): void {
  const span = tracer.startSpan(`token_exchange ${event.flow}`, { kind: SpanKind.CLIENT, startTime: event.startedAt })
  span.setAttributes({
    'token_exchange.issuer': event.issuer,
    'token_exchange.audience': [event.audience ?? []].flat(),
    'token_exchange.scope': event.scope,
    'token_exchange.cache': event.cache,
    'http.response.status_code': event.status,
    'error.type': event.code,
  })
  if (event.code !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: event.code })
  span.end(event.startedAt + event.durationMs)
}
