// Asks the official Gherkin parser about feature files: node gherkin.mjs FOLDER. Prints the names of those that it refuses,
// one a line.
import fs from 'node:fs'
import path from 'node:path'

import { AstBuilder, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin'
import { IdGenerator } from '@cucumber/messages'

const [folder] = process.argv.slice(2)
for (const name of fs.readdirSync(folder).sort()) {
  const parser = new Parser(new AstBuilder(IdGenerator.incrementing()), new GherkinClassicTokenMatcher())
  try {
    parser.parse(fs.readFileSync(path.join(folder, name), 'utf8'))
  } catch {
    console.log(name)
  }
}
