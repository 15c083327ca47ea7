import { createEmulator } from 'onbehalf/emulator'
import { delegatedCall } from './program.mjs'

const { issuer, close } = await createEmulator().listen()
console.log(JSON.stringify(await delegatedCall(issuer)))
await close()
