import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { beforeEach, expect, it } from 'vitest'
import { EXCHANGE, clientOf, scriptedServer, thrownBy } from '../support/scripted-server.js'
import { recordSpan } from './open-telemetry.js'

const exporter = new InMemorySpanExporter()
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))

beforeEach(() => {
  exporter.reset()
})

it('a call is a span', async () => {
  const before = Date.now()
  const client = clientOf(scriptedServer(), { onEvent: recordSpan })
  await client.exchangeToken({ ...EXCHANGE, audience: ['https://a.example', 'https://b.example'], scope: 'read' })
  const [span, ...others] = exporter.getFinishedSpans()
  expect(others).toEqual([])
  expect(span).toMatchObject({
    name: 'token_exchange exchange',
    kind: SpanKind.CLIENT,
    status: { code: SpanStatusCode.UNSET },
    attributes: {
      'token_exchange.issuer': 'https://tenant.example.com/',
      'token_exchange.audience': ['https://a.example', 'https://b.example'],
      'token_exchange.scope': 'read',
      'token_exchange.cache': 'bypass',
    },
  })
  const [seconds = 0, nanoseconds = 0] = span?.startTime ?? []
  expect(seconds * 1000 + nanoseconds / 1e6).toBeGreaterThanOrEqual(before - 1)
  expect(span?.duration[0]).toBe(0)
})

it('a failed call is a failed span, and shows no secret', async () => {
  const refuse = () => Response.json({ error: 'invalid_grant', error_description: 'canary-text' }, { status: 400 })
  await thrownBy(clientOf(scriptedServer(refuse), { onEvent: recordSpan }).exchangeToken(EXCHANGE))
  const [span] = exporter.getFinishedSpans()
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'token_exchange_failed' })
  expect(span?.attributes).toMatchObject({ 'error.type': 'token_exchange_failed', 'http.response.status_code': 400 })
  expect(JSON.stringify([span?.name, span?.attributes, span?.events, span?.status])).not.toContain('canary')
})
