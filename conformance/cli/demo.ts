import type { Command } from 'commander'
import { describeDelegation } from '../../src/act.js'
import type { AccessTokenClaims } from '../../src/index.js'
import { drawDelegation } from '../../src/cli/delegation.js'
import { runConformance } from '../index.js'
import type { Story } from './demo/story.js'
import { integer } from './integer.js'
import { tableForOutput } from './output-table.js'
import { progressOn } from './progress.js'
import { writeReport } from './perform-run.js'

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'show a delegated call over real HTTP on loopback, then run the conformance suite on the SDKs that are here',
    )
    .option('--out <file>', 'where the report goes', 'report.json')
    .option('--seed <number>', 'the seed of the suite (default: a random one)', integer)
    .addHelpText(
      'after',
      '\nExit codes: 0 the facade conforms, whatever the other SDKs do; 1 it does not; 3 it did not run.',
    )
    .action(async ({ out, seed }: { out: string; seed?: number }) => {
      // The emulator takes long to load, and no other command of the suite needs it.
      const { tellStory } = await import('./demo/story.js')
      console.log(storyText(await tellStory()))
      const report = await runConformance({ onEvent: progressOn(), ...(seed === undefined ? {} : { seed }) })
      await writeReport(out, report)
      console.log(`${tableForOutput(report)}\nThe whole report is in ${out}.`)
      const facade = report.sdks.find(({ name }) => name === 'onbehalf')
      process.exitCode = facade?.status === 'conforms' ? 0 : facade?.status === 'findings' ? 1 : 3
    })
}

function storyText({ issuer, events, atMcpServer, atCalendar }: Story): string {
  return [
    `The authorization server runs at ${issuer} and stops when this is done.`,
    '',
    'Alice opens the app. It exchanges her legacy session for an access token, and calls the MCP server with it.',
    'The MCP server verifies that token, exchanges it on behalf of Alice, and calls the calendar API.',
    `The calendar API verifies the new token, sees who acts, and answers: ${events.join('; ')}.`,
    '',
    'Who acts in the last token:',
    '',
    indented(drawDelegation(describeDelegation(atCalendar))),
    '',
    'What the MCP server verified:',
    indented(claimLines(atMcpServer)),
    'What the calendar API verified:',
    indented(claimLines(atCalendar)),
    '',
  ].join('\n')
}

function claimLines({ sub, aud, azp, scope, act }: AccessTokenClaims): string {
  return Object.entries({ sub, aud, azp, scope, act })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name.padEnd(6)} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n')
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ')
}
