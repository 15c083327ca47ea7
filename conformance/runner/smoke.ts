import { foldNodes } from '../arbitraries/act-node.js'
import type { Case } from '../case.js'
import { isLifecycle } from '../requirements.js'
import type { Session } from './session.js'

const EXCHANGE: Case = {
  kind: 'exchange',
  input: {
    subject_token: 'canary-subject-1',
    subject_token_type: 'urn:acme:legacy-session',
    audience: 'https://api.example.com',
  },
}
const ACT: Case = foldNodes([{ members: [['sub', 'spa']], actFirst: false, fact: { sub: 'spa' } }])

/**
 * Why an adapter does not work at all, or undefined when it does.
 *
 * A plain exchange must send one request and give tokens, and a plain act claim must be read; without that, no
 * rejection of anything would mean something.
 */
export async function smokeFault(session: Session): Promise<string | undefined> {
  const exchanged = await session.judge(EXCHANGE)
  if (exchanged.fault !== undefined) return exchanged.fault
  const [broken] = exchanged.verdicts.filter(({ requirement, status }) => status === 'fail' && isLifecycle(requirement))
  if (broken) return `${broken.requirement}: ${broken.reason} (${broken.detail ?? ''})`
  const sent = exchanged.wire.exchanges.length
  const outcome = exchanged.answers[0]?.observation.outcome
  if (sent !== 1 || outcome !== 'tokens') return `a plain exchange sent ${sent} requests and was ${outcome ?? 'lost'}`
  const { current_actor, delegation_chain } = session.hello.capabilities
  if (!current_actor && !delegation_chain) return undefined
  const read = await session.judge(ACT)
  if (read.fault !== undefined) return read.fault
  const unread = read.answers.find(({ observation }) => observation.outcome !== 'value')
  return unread && `${unread.op} of a plain act claim was ${unread.observation.outcome}`
}
