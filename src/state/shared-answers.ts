import { type Questions } from '../bridge/protocol.ts'

/** The slice that is asked for, and what came of it. */
export type SliceQuestion = Questions['slice']['question']
export type SliceAnswer = Questions['slice']['answer']
/** The finding as text that is asked for, and what came of it. */
export type BugReportQuestion = Questions['bugReport']['question']
export type BugReportAnswer = Questions['bugReport']['answer']
