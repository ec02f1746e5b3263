// Holds a report against the official schema of the Common Test Report Format: node ctrf.mjs ctrf.json
import assert from 'node:assert/strict'
import fs from 'node:fs'

import { calculateSummary, validateStrict } from 'ctrf'

const report = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
validateStrict(report)
const { tests, passed, failed, skipped, pending, other } = calculateSummary(report.results.tests)
const { summary } = report.results
for (const [name, count] of Object.entries({ tests, passed, failed, skipped, pending, other })) {
  assert.equal(summary[name], count, name)
}
