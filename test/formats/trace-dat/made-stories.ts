import { GrowingBytes } from './growing-bytes.ts'
import { type MadeFile } from './made-file.ts'
import { type MadePage } from './made-pages.ts'
import { type Machine, madeKernel, MadeRecords, record } from './made-story.ts'

const SECOND = 1_000_000_000n

/** A story as a file, but for its version and compression. */
export type Story = (machine: Machine) => Omit<MadeFile, 'version' | 'compression'>

/** Two CPUs, every kind of entry: extends, an absolute stamp, discarded ones, padding, a record with a length word. */
const entries: Story = (machine) => {
  const make = new MadeRecords(machine)
  const cpu0: MadePage = {
    stamp: 5n * SECOND + 100n,
    entries: [
      record(0, make.ref(134, 0x17ac9, 2, 1)),
      record(7, make.stack(134, ['template', 'mod', 'grab', 'fault'])),
      { kind: 'discarded', delta: 3, size: 24 },
      record(20, make.cmaStart(1, 'linux,cma', 512)),
      { kind: 'extend', delta: 900_000_007 },
      record(0, make.isolated(1, 0x17a00, 0x17c00, 0x17ac9)),
      { kind: 'stamp', stamp: 6n * SECOND + 1n },
      record(0, make.cmaFinish(1, 'linux,cma', 0x17a00, 512, -16)),
    ],
  }
  const cpu1: MadePage = {
    stamp: 5n * SECOND + 105n,
    entries: [
      record(2, make.ref(0, 0x17aca, 1, -1, { irq: 0x10, mapping: 0n })),
      record(0, make.ref(77, 0x17acb, 3, 1, { ret: 1 })),
      { kind: 'long', delta: 1, bytes: make.migrate(1, 4) },
      record(0, make.ref(0, 0x17aca, 1, -1, { irq: 0x08 })),
      record(0, make.stack(0, ['template', 'mod'], 0x08)),
    ],
  }
  const second: MadePage = { stamp: 7n * SECOND, entries: [record(0, make.ref(41, 0x17ac9, 3, 1, { ret: 0 }))] }
  return { ...madeKernel(machine), buffers: [{ name: '', clock: 'local', cpus: [[cpu0, second], [cpu1], []] }] }
}

/** Events lost before pages: a known number, and an unknown one. */
const lost: Story = (machine) => {
  const make = new MadeRecords(machine)
  const page = (second: number, missed: number): MadePage => ({
    stamp: BigInt(second) * SECOND,
    missed,
    entries: [record(0, make.ref(134, 0x100 + second, 2, 1)), record(50, make.stack(134, ['template', 'mod', 'grab']))],
  })
  return {
    ...madeKernel(machine),
    buffers: [{ name: '', clock: 'local', cpus: [[page(1, 0), page(3, 11745), page(5, -1)], [page(2, 0)]] }],
  }
}

/** A top buffer and an instance, each with events on both CPUs. */
const instances: Story = (machine) => {
  const make = new MadeRecords(machine)
  const page = (at: number, pid: number): MadePage => ({
    stamp: SECOND + BigInt(at),
    entries: [record(0, make.ref(pid, 0x200 + at, 2, 1)), record(4, make.stack(pid, ['template', 'mod', 'fault']))],
  })
  return {
    ...madeKernel(machine),
    buffers: [
      { name: '', clock: 'local', cpus: [[page(0, 134)], [page(2, 41)]] },
      { name: 'holders', clock: 'local', cpus: [[page(1, 1)], [page(3, 77)]] },
    ],
  }
}

/** One record on each of two CPUs per stamp, for what options make of stamps. */
function stamped(
  machine: Machine,
  clock: string,
  stamps: readonly (readonly bigint[])[],
  options: readonly (readonly [number, Uint8Array])[],
): ReturnType<Story> {
  const make = new MadeRecords(machine)
  const kernel = madeKernel(machine)
  const cpus = stamps.map((row, cpu) =>
    row.map((stamp, at) => ({
      stamp,
      entries: [record(cpu, make.ref(134, 0x300 + at, 2, 1)), record(9, make.ref(1, 1, 1, 1))],
    })),
  )
  const traceClock = [4, new TextEncoder().encode(`local [${clock}] boot\0`)] as const
  return { ...kernel, options: [...kernel.options, traceClock, ...options], buffers: [{ name: '', clock, cpus }] }
}

const text = (words: string): Uint8Array => new TextEncoder().encode(`${words}\0`)

/** DATE in us and OFFSET in ns, both added. */
const offset: Story = (machine) =>
  stamped(
    machine,
    'mono',
    [[SECOND], [2n * SECOND]],
    [
      [1, text('0x5dc')],
      [7, text('-2000')],
    ],
  )

/** TSC2NSEC: the stamps are cycles, the times ns. */
const cycles: Story = (machine) =>
  stamped(
    machine,
    'x86-tsc',
    [[3_600_000_000_123n], [3_600_000_000_500n]],
    [[14, new GrowingBytes(machine.isLittle).u32(0x2aaaaaab).u32(31).u64(0).done()]],
  )

/** The same clock without a conversion: cycles are all there is. */
const counts: Story = (machine) => stamped(machine, 'x86-tsc', [[3_600_000_000_123n], [3_600_000_000_500n]], [])

/** TIME_SHIFT of a guest: one sample on CPU 0, three on CPU 1, in between interpolated. */
const guest: Story = (machine) => {
  const samples = [
    [[0n], [-500n], [1n]],
    [
      [SECOND, 2n * SECOND, 4n * SECOND],
      [1000n, 3000n, 4001n],
      [1n, 1n, 1n],
    ],
  ]
  const out = new GrowingBytes(machine.isLittle).u64(1234).u32(1).u32(2)
  for (const columns of samples) {
    out.u32(columns[0].length)
    for (const column of columns) for (const value of column) out.u64(value)
  }
  for (const [times] of samples) for (const _ of times) out.u64(0)
  const stamps = [[SECOND], [SECOND / 2n, SECOND + SECOND / 2n, 3n * SECOND, 9n * SECOND]]
  return stamped(machine, 'local', stamps, [[12, out.done()]])
}

/** Made files by name, each told of some machine. */
export const STORIES: Readonly<Record<string, Story>> = { entries, lost, instances, offset, cycles, counts, guest }
