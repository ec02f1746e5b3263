// Lets the language service of the Cucumber extension read what `docent steps --editor` wrote, as the extension does, and
// prints what it makes of a feature: node editor.mjs FOLDER FEATURE
import fs from 'node:fs'
import path from 'node:path'

import {
  buildSuggestions,
  ExpressionBuilder,
  getGherkinCompletionItems,
  getGherkinDiagnostics,
  getStepDefinitionLocationLinks,
  jsSearchIndex,
} from '@cucumber/language-service'
import { WasmParserAdapter } from '@cucumber/language-service/wasm'

const [folder, feature] = process.argv.slice(2)
const settings = JSON.parse(fs.readFileSync(path.join(folder, '.vscode/settings.json'), 'utf8'))
const glue = settings['cucumber.glue'].map((file) => ({
  languageName: 'rust',
  uri: `file:///${file}`,
  content: fs.readFileSync(path.join(folder, file), 'utf8'),
}))
const grammars = path.join(import.meta.dirname, 'node_modules/@cucumber/language-service/dist')
const adapter = new WasmParserAdapter(grammars)
await adapter.init()
const built = new ExpressionBuilder(adapter).build(glue, settings['cucumber.parameterTypes'])
const expressions = built.expressionLinks.map((link) => link.expression)
const index = jsSearchIndex(buildSuggestions(built.registry, [], expressions))

const source = fs.readFileSync(path.join(folder, feature), 'utf8')
const lines = source.split('\n')
const steps = lines.map((text, line) => ({ text, line })).filter(({ text }) => /^ +(Given|When|Then) /.test(text))
console.log(
  JSON.stringify({
    errors: built.errors.map(String),
    expressions: expressions.map((expression) => expression.source),
    unknown: getGherkinDiagnostics(source, expressions).map(({ range }) => lines[range.start.line].trim()),
    steps: steps.map(({ text, line }) => {
      const end = { line, character: text.length }
      const links = getStepDefinitionLocationLinks(source, end, built.expressionLinks)
      return {
        text: text.trim(),
        completions: getGherkinCompletionItems(source, end, index).map(({ label }) => label),
        leads_to: links.map((link) => `${link.targetUri}:${link.targetSelectionRange.start.line + 1}`),
      }
    }),
  })
)
