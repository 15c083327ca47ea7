import { describePage } from '../support/page.js'

const PAGES = [
  'src/README.md',
  'src/verify/README.md',
  'src/session/README.md',
  'src/emulator/README.md',
  'src/emulator/controls.md',
  'conformance/README.md',
]

for (const page of PAGES) describePage(page)
