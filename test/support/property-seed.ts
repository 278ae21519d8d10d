import { configureGlobal } from 'fast-check'

/** Any number: what matters is that a verdict on a commit is the same every time. */
const CI_SEED = 20_261_121

// On a developer's machine each run tries other inputs; what it finds is a bug, and becomes a test of its own.
if (process.env['CI'] !== undefined) configureGlobal({ seed: CI_SEED })
