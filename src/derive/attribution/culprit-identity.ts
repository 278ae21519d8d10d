import { type StackId, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { holderFrameOf } from '../holder-frame.ts'
import { type Culprit } from './finding.ts'

/** Who: task and the frame that names the holder best in a stack. */
export function culpritIdentity(
  trace: Trace,
  task: TaskId,
  stack: StackId,
): Pick<Culprit, 'task' | 'comm' | 'pid' | 'function' | 'module' | 'stack' | 'frameIndex'> {
  const frame = holderFrameOf(trace, stack)
  return {
    task,
    comm: trace.strings.text(trace.tasks.comm[task]),
    pid: trace.tasks.pid[task],
    function: frame.symbol,
    module: frame.module,
    stack,
    frameIndex: frame.index,
  }
}
