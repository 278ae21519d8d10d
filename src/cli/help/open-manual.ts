import { type Manual } from './manual.ts'

export const OPEN_MANUAL: Manual = {
  name: 'open',
  purpose: 'the dashboard in the browser, with the files already loaded',
  synopsis: ['[--port N] [--browser] FILE|DIR...'],
  description: [
    'Serves the page and these files (32 at most), and no others, on 127.0.0.1 alone, until Ctrl+C. Prints the address, with a key in it that ' +
      'nobody can guess and that ends with the command, and the permalink of the capture, which names its files by hash and is for ' +
      'anybody who has them. Nothing leaves the machine.',
  ],
  options: [
    ['--port N', 'the port, 0 for any (4173 when not said, or the next that is free)'],
    ['--browser', "open the address with the system's opener, too"],
    ['--no-browser', 'do not (as when not said)'],
  ],
  exits: [
    [0, 'ended by Ctrl+C'],
    [2, 'the files or the arguments are of no use, the port is taken, or the page is not built'],
  ],
  examples: [['pinscope open capture/', 'The files of a folder:']],
}
