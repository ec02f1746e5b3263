// Reads a folder of Allure results with Allure's own reader, and prints what it understood: node allure.mjs allure-results
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'

import { allure2 } from '@allurereport/reader'
import { PathResultFile } from '@allurereport/reader-api'

const [folder] = process.argv.slice(2)
const understood = { results: [], attachments: [], metadata: {} }
const visitor = {
  visitTestResult: async (result) => understood.results.push(result),
  visitAttachmentFile: async (file) => understood.attachments.push(file.getOriginalFileName()),
  visitMetadata: async (metadata) => Object.assign(understood.metadata, metadata),
}
for (const name of fs.readdirSync(folder)) {
  const file = new PathResultFile(path.join(folder, name), name)
  assert(allure2.matches(file), `${name} is nothing to Allure`)
  assert(await allure2.read(visitor, file), `${name} is not understood`)
}
const isAttachment = (step) => step.type === 'attachment'
const named = (steps) => steps.flatMap((step) => (isAttachment(step) ? [step.originalFileName] : named(step.steps)))
const all = understood.results.flatMap((result) => named(result.steps))
assert.deepEqual(all.toSorted(), understood.attachments.toSorted(), 'every attachment is named once, and there')
console.log(JSON.stringify(understood))
