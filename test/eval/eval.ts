// npm run eval -- DIR …: `pinscope eval DIR …`.
// npm run eval -- --simulated N: the same report, without the command, over N simulated traces of each kind.
import { main } from '../../src/cli/main.ts'
import { simulatedLines } from './simulated.ts'

const words = process.argv.slice(2)
if (words[0] === '--simulated') {
  for (const line of simulatedLines(Number(words[1]))) process.stdout.write(`${line}\n`)
} else process.exitCode = await main(['eval', ...words])
