// Prints the keywords of all languages of Gherkin, a language a line, for src/gherkin/languages/keywords.json:
// node languages.mjs
import { dialects } from '@cucumber/gherkin'

const language = ([code, { name, native, ...keywords }]) => `${JSON.stringify(code)}:${JSON.stringify({ name, ...keywords })}`
process.stdout.write(`{\n${Object.entries(dialects).map(language).join(',\n')}\n}\n`)
