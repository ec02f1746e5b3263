// Holds a stream of Cucumber Messages against the official schema and the official Gherkin parser, and lets the official
// formatter make a page of it: node messages.mjs messages.ndjson page.html
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin'
import { CucumberHtmlStream } from '@cucumber/html-formatter'
import { IdGenerator, version } from '@cucumber/messages'
import Ajv from 'ajv/dist/2020.js'

const [input, page] = process.argv.slice(2)
const lines = fs.readFileSync(input, 'utf8').trimEnd().split('\n')
const envelopes = lines.map((line) => JSON.parse(line))

const schema = createRequire(import.meta.url)('@cucumber/messages/schema')
const validate = new Ajv.default({ strict: false, allErrors: true }).compile(schema)
envelopes.forEach((envelope, index) => {
  assert(validate(envelope), `line ${index + 1}: ${lines[index]}\n${JSON.stringify(validate.errors, null, 1)}`)
})

const all = (kind) => envelopes.map((envelope) => envelope[kind]).filter(Boolean)
assert.equal(all('meta')[0].protocolVersion, version)
checkReferences()
all('source').forEach(checkGherkin)
await pipeline(Readable.from(envelopes), new CucumberHtmlStream(), fs.createWriteStream(page))

// What refers to something comes after it.
function checkReferences() {
  const known = new Set()
  const look = (value, key) => {
    if (Array.isArray(value)) value.forEach((one) => look(one, key))
    else if (value && typeof value === 'object') {
      if (value.id) {
        assert(!known.has(value.id), `two things are called ${value.id}`)
        known.add(value.id)
      }
      for (const [name, inner] of Object.entries(value)) look(inner, name)
    } else if (/Ids?$/.test(key) && key !== 'workerId') assert(known.has(value), `nothing is called ${key} ${value}`)
  }
  envelopes.forEach((envelope) => look(envelope, ''))
}

// The official parser finds the same in the same places. Names of things differ: a place takes the place of each.
function checkGherkin({ uri, data }) {
  const newId = IdGenerator.incrementing()
  const theirs = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher()).parse(data)
  assert(!all('parseError').some(({ source }) => source.uri === uri), `${uri} was refused`)
  const ours = all('gherkinDocument').find((document) => document.uri === uri)
  const theirPickles = compile(theirs, uri, newId)
  const ourPickles = all('pickle').filter((pickle) => pickle.uri === uri)
  assert.deepEqual(
    placed({ ...ours, uri }, [...ourPickles]),
    placed({ ...theirs, uri }, [...theirPickles])
  )
}

function placed(document, pickles) {
  const places = new Map()
  const walk = (value) => {
    if (Array.isArray(value)) return value.map(walk)
    if (!value || typeof value !== 'object') return value
    const { id, ...rest } = value
    if (id) places.set(id, `${value.location.line}:${value.location.column}`)
    return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, walk(inner)]))
  }
  const bare = walk(JSON.parse(JSON.stringify({ ...document, feature: document.feature ?? undefined })))
  const place = (id) => places.get(id)
  const named = pickles.map(({ id, ...pickle }) => ({
    ...pickle,
    astNodeIds: pickle.astNodeIds.map(place),
    tags: pickle.tags.map((tag) => ({ name: tag.name, astNodeId: place(tag.astNodeId) })),
    steps: pickle.steps.map(({ id, ...step }) => ({ ...step, astNodeIds: step.astNodeIds.map(place) })),
  }))
  return { document: bare, pickles: JSON.parse(JSON.stringify(named)) }
}
