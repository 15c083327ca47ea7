/** Colours have a contrast of 4.5 to 1 or more on what they stand on. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --panel: #fff; --line: #d5dae1; --text: #1a1f27; --dim: #576070; --accent: #1f56c4;
  --good: #136c3c; --good-ground: #e2f4e9; --bad: #a61e1e; --bad-ground: #fde8e8; --odd: #7d4b00; --odd-ground: #fdf0d5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151a; --panel: #1b2027; --line: #343c48; --text: #e6eaf0; --dim: #9faabb; --accent: #8fb4ff;
    --good: #7fd6a2; --good-ground: #16301f; --bad: #ff9d9d; --bad-ground: #3a1a1d; --odd: #f3c26b; --odd-ground: #35280f;
  }
}
* { box-sizing: border-box; }
[hidden], .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none; }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--text); background: var(--ground); }
code, pre, dd, .client, .audience, .scopes { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: 13px; }
header, main { max-width: 84rem; margin: 0 auto; padding: 0 1rem; }
header { display: grid; grid-template: 'title connection' auto 'issuer issuer' auto / 1fr auto; align-items: baseline; gap: .25rem 1rem; padding-top: 1.25rem; }
h1 { grid-area: title; margin: 0; font-size: 1.35rem; }
#issuer { grid-area: issuer; color: var(--dim); overflow-wrap: anywhere; }
#connection { grid-area: connection; margin: 0; color: var(--dim); }
#connection::before { content: ''; display: inline-block; width: .6em; height: .6em; margin-right: .45em; border-radius: 50%; background: var(--dim); }
#connection.live { color: var(--good); }
#connection.live::before { background: var(--good); }
#connection.lost { color: var(--bad); }
#connection.lost::before { background: var(--bad); }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 1rem; padding: .75rem 0; color: var(--dim); }
.bar p { margin: 0; }
.bar label { display: inline-flex; align-items: center; gap: .5rem; padding: .35rem 0; }
.bar input { width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }

#empty, #list > li { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; }
#empty { padding: 1.25rem; }
#empty h2 { margin: 0 0 .5rem; font-size: 1.1rem; }
#empty p { margin: .5rem 0; color: var(--dim); }
pre { margin: .75rem 0 0; padding: .85rem; overflow-x: auto; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; }

#list { list-style: none; margin: 0 0 2rem; padding: 0; display: grid; gap: .5rem; }
#list:not(.all) > .other { display: none; }
#list > li { overflow: hidden; }
summary {
  display: grid; gap: .15rem .9rem; align-items: center; padding: .6rem .9rem; cursor: pointer; list-style: none;
  grid-template: 'outcome time' auto 'kind kind' auto 'client client' auto 'audience audience' auto 'scopes scopes' auto 'why why' auto / 1fr auto;
}
summary::-webkit-details-marker { display: none; }
.time::after { content: ''; display: inline-block; width: .45em; height: .45em; margin-left: .8em; border: solid var(--dim); border-width: 0 2px 2px 0; transform: translateY(-.2em) rotate(45deg); }
[open] > summary > .time::after { transform: translateY(.1em) rotate(225deg); }
summary:hover { background: color-mix(in srgb, var(--accent) 7%, transparent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: -3px; border-radius: 8px; }
.cell { min-width: 0; overflow-wrap: anywhere; }
.outcome { grid-area: outcome; justify-self: start; padding: .1rem .6rem; border-radius: 1rem; font-weight: 600; font-size: 13px; }
.kind { grid-area: kind; font-weight: 600; }
.client { grid-area: client; }
.audience { grid-area: audience; color: var(--dim); }
.audience::before { content: '→ '; }
.scopes { grid-area: scopes; color: var(--dim); }
.time { grid-area: time; color: var(--dim); font-variant-numeric: tabular-nums; }
.cell.reason { grid-area: why; }
.cell.reason::before { content: '✗ '; }
.bad .cell.reason { color: var(--bad); }
.odd .cell.reason { color: var(--odd); }
.good .outcome { color: var(--good); background: var(--good-ground); }
.bad .outcome { color: var(--bad); background: var(--bad-ground); }
.odd .outcome { color: var(--odd); background: var(--odd-ground); }

.details { display: grid; gap: 1.25rem; padding: 1rem .9rem 1.1rem; border-top: 1px solid var(--line); }
.details section { min-width: 0; }
.details h3 { margin: 0 0 .5rem; font-size: .95rem; color: var(--dim); }
.note { margin: 0 0 .6rem; color: var(--dim); }
.checks { list-style: none; margin: 0; padding: 0; }
.checks li { display: grid; grid-template-columns: 1.5rem 1fr; padding: .1rem 0; }
.mark { font-weight: 700; color: var(--good); }
.failed { color: var(--bad); font-weight: 600; }
.failed .mark { color: var(--bad); }
.checks .reason { grid-column: 2; margin: .2rem 0; padding: .35rem .6rem; border-left: 3px solid var(--bad); background: var(--bad-ground); font-weight: 400; overflow-wrap: anywhere; }
dl { margin: 0; }
dl div { padding: .25rem 0; border-bottom: 1px solid var(--line); }
dl div:last-child { border-bottom: 0; }
dt { color: var(--dim); font-size: 13px; overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }
.redacted { color: var(--dim); font-style: italic; }

.delegation { display: block; max-width: 100%; height: auto; }
.box rect { fill: var(--ground); stroke: var(--line); stroke-width: 1.5; }
.box.subject rect { stroke: var(--text); }
.box.current-actor rect { fill: color-mix(in srgb, var(--accent) 14%, var(--panel)); stroke: var(--accent); stroke-width: 2; }
.box.prior-actor rect { stroke-dasharray: 5 4; }
.delegation text { fill: var(--dim); font-size: 12px; }
.delegation .name { fill: var(--text); font: 600 13px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; }
.arrow path { fill: none; stroke: var(--accent); stroke-width: 2; }
.arrow.prior path { stroke: var(--dim); stroke-width: 1.5; stroke-dasharray: 4 3; }

@media (min-width: 62rem) {
  summary { grid-template: 'outcome kind client audience scopes time' auto '. why why why why why' auto / 13rem 13rem 9rem 2fr 1fr auto; }
  header { grid-template: 'title issuer connection' auto / auto 1fr auto; }
  .details { grid-template-columns: 1.1fr 20rem 1.1fr; gap: 2rem; }
}
`
