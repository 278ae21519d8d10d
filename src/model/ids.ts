import { type Brand } from '../base/brand.ts'

/** Dense row in `PageTable`, given to a PFN at first sight. */
export type PageId = Brand<number, 'PageId'>
/** Dense row in `StackDepot`: one distinct call stack. */
export type StackId = Brand<number, 'StackId'>
/** Dense row in `FrameTable`: one distinct stack frame as printed. */
export type FrameId = Brand<number, 'FrameId'>
/** Dense row in `StringTable`. */
export type StringId = Brand<number, 'StringId'>
/** Row in `EventTable`. */
export type EventRow = Brand<number, 'EventRow'>
/** Dense row in `ShapeTable`: everything an event says that many events say alike. */
export type ShapeId = Brand<number, 'ShapeId'>
/** Dense row in `OwnerShapeTable`: everything a page_owner record says that many say alike. */
export type OwnerShapeId = Brand<number, 'OwnerShapeId'>
/** Dense row in `ContextTable`: who ran, and where. */
export type ContextId = Brand<number, 'ContextId'>
/** Dense row in `TaskTable`: a pid with a comm. */
export type TaskId = Brand<number, 'TaskId'>
/** 1-based line in one file, as opened. */
export type LineNumber = Brand<number, 'LineNumber'>
/** 0-based line over all files, in the order they were opened; `SourceFile.firstLine` leads back to the file. */
export type LineId = Brand<number, 'LineId'>

/** "Not recorded", for every id. */
export const NONE = -1
