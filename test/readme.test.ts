import { describePage } from './support/page.js'

// The other pages are in test/long.
describePage('README.md')
