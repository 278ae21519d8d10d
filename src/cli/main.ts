/** Runs the command line and resolves to its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.write(`pinscope ${argv.join(' ')}\n`)
  return 0
}
