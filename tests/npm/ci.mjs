// Prints what Cucumber's own detection says of each of these sets of environment variables: node ci.mjs sets.json
import fs from 'node:fs'

import detectCiEnvironment from '@cucumber/ci-environment'

const sets = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
console.log(JSON.stringify(sets.map((variables) => detectCiEnvironment(variables))))
