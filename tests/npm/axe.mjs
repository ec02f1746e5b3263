// Prints axe-core as the script that a page runs: node axe.mjs
import axe from 'axe-core'

process.stdout.write(axe.source)
