import { useComputedColorScheme } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { boxAfter, boxAt, type FlameBox, type FlameMove, matchAfter } from './flame-box.ts'
import styles from './flame-graph.module.css'
import { FLAME_ROW_PX, type FlameScene, inkOf, paintFlame, rowAt, rowTop } from './flame-paint.ts'
import { typedCharacter } from './typed-character.ts'

/** What a key or a click asks for, of the frame that is selected or pointed at. */
export type FlameCommand = 'select' | 'focus' | 'collapse' | 'hide'

interface FlameGraphProps {
  /** Names the graph for those who do not see it. */
  readonly label: string
  readonly boxes: readonly FlameBox[]
  /** Width that the boxes were laid out for, px: they are drawn to scale until they are laid out anew. */
  readonly laidOutPx: number
  readonly widthPx: number
  readonly rows: number
  readonly isUpright: boolean
  readonly selectedId: string | undefined
  /** Selected by the first key while nothing is. */
  readonly firstIndex: number
  /** A frame in words, for those who do not see it. */
  readonly describe: (index: number) => string
  readonly onCommand: (command: FlameCommand, index: number) => void
  /** Backspace: out of the focus. */
  readonly onOut: () => void
  readonly onSearch: () => void
  readonly onPoint: (index: number | undefined) => void
}

/**
 * Frames on a canvas: one tab stop, arrows lead to the neighbours of the selected frame, Enter focuses on it, Backspace
 * leads out, x folds what is beyond it, h leaves the function out, / searches, n and N lead to what the search marked.
 */
export function FlameGraph(props: FlameGraphProps): ReactNode {
  const { label, rows, isUpright, widthPx, laidOutPx, selectedId } = props
  const [viewport, setViewport] = useState<HTMLDivElement | null>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ top: 0, height: 0 })
  const [pointed, setPointed] = useState(-1)
  const scheme = useComputedColorScheme()
  const id = useId()
  const boxes = laidOutPx === widthPx ? props.boxes : scaled(props.boxes, widthPx / laidOutPx)
  const selected = boxes.findIndex((box) => box.id === selectedId)
  // A flame stands on the ground, however low it is.
  const drawnRows = isUpright ? Math.max(rows, Math.floor(size.height / FLAME_ROW_PX)) : rows
  const scene: FlameScene = {
    boxes,
    rows: drawnRows,
    isUpright,
    selected,
    pointed: pointed < boxes.length ? pointed : -1,
  }
  const contentPx = (isUpright ? rows : rows + 1) * FLAME_ROW_PX

  useViewport(viewport, setSize)
  useUprightScroll(viewport, isUpright, contentPx)
  useEffect(() => {
    if (canvas.current) paint(canvas.current, scene, size, widthPx)
  }) // after everything that may change the picture, the colours of the page among it: see `scheme`
  useReveal(viewport, scene)

  const point = (index: number): void => {
    if (index === pointed) return
    setPointed(index)
    props.onPoint(index < 0 ? undefined : index)
  }
  const indexAt = (event: PointerEvent | React.MouseEvent): number => {
    const place = canvas.current?.getBoundingClientRect()
    if (!place) return -1
    return boxAt(boxes, event.clientX - place.left, rowAt(scene, event.clientY - place.top + size.top))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!runKey(event, scene, props)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const current = boxes[selected]
  return (
    <div
      ref={setViewport}
      className={styles.viewport}
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={current && `${id}-frame`}
      data-scheme={scheme}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => point(indexAt(event))}
      onPointerLeave={() => point(-1)}
      onClick={(event) => {
        const index = indexAt(event)
        if (index >= 0) props.onCommand('select', index)
      }}
      onDoubleClick={(event) => {
        const index = indexAt(event)
        if (index >= 0) props.onCommand('focus', index)
      }}
    >
      <div style={{ height: contentPx, width: widthPx }}>
        <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
      </div>
      <div
        id={`${id}-frame`}
        role="treeitem"
        className={styles.spoken}
        aria-level={(current?.depth ?? 0) + 1}
        aria-selected={current !== undefined}
      >
        {props.describe(Math.max(0, selected))}
      </div>
    </div>
  )
}

function scaled(boxes: readonly FlameBox[], factor: number): readonly FlameBox[] {
  return boxes.map((box) => ({ ...box, x: box.x * factor, width: box.width * factor }))
}

/** Draws what is in sight, in the pixels of the screen. */
function paint(
  canvas: HTMLCanvasElement,
  scene: FlameScene,
  { top, height }: { readonly top: number; readonly height: number },
  width: number,
): void {
  const context = canvas.getContext('2d')
  if (!context || height === 0) return
  const ratio = window.devicePixelRatio || 1
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  paintFlame(context, scene, inkOf(canvas, context), { top, height, width })
}

/** Follows the scrolling and the height of the viewport. */
function useViewport(
  viewport: HTMLDivElement | null,
  tell: (size: { readonly top: number; readonly height: number }) => void,
): void {
  useEffect(() => {
    if (!viewport) return undefined
    const measure = (): void => tell({ top: viewport.scrollTop, height: viewport.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(viewport)
    viewport.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      viewport.removeEventListener('scroll', measure)
    }
  }, [viewport, tell])
}

/** The root is in sight when it comes to stand at the bottom. */
function useUprightScroll(viewport: HTMLDivElement | null, isUpright: boolean, contentPx: number): void {
  useEffect(() => {
    viewport?.scrollTo({ top: isUpright ? contentPx : 0 })
  }, [viewport, isUpright, contentPx])
}

/** Brings the selected frame's row into sight when another is selected. */
function useReveal(viewport: HTMLDivElement | null, scene: FlameScene): void {
  const box = scene.boxes[scene.selected]
  const id = box?.id
  const top = box && rowTop(scene, box.depth)
  useEffect(() => {
    if (!viewport || id === undefined || top === undefined) return
    const { scrollTop, clientHeight } = viewport
    if (top < scrollTop) viewport.scrollTo({ top })
    else if (top + FLAME_ROW_PX > scrollTop + clientHeight)
      viewport.scrollTo({ top: top + FLAME_ROW_PX - clientHeight })
  }, [viewport, top, id])
}

const COMMANDS: Readonly<Record<string, FlameCommand>> = { Enter: 'focus', x: 'collapse', h: 'hide' }

/** Does what a key asks for; false when it is not the graph's. */
function runKey(event: KeyboardEvent, scene: FlameScene, props: FlameGraphProps): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const { boxes, selected } = scene
  const at = Math.max(0, selected)
  const key = typedCharacter(event)
  const move = movesOf(scene.isUpright)[key]
  if (move !== undefined) {
    // Nothing is selected yet: the first key selects the outermost.
    const next = selected < 0 ? props.firstIndex : boxAfter(boxes, at, move)
    if (boxes.length > 0) props.onCommand('select', next)
  } else if (key === 'Backspace') props.onOut()
  else if (key === '/') props.onSearch()
  else if (key === 'n' || key === 'N') {
    const next = matchAfter(boxes, at, key === 'n' ? 1 : -1)
    if (next >= 0) props.onCommand('select', next)
  } else if (Object.hasOwn(COMMANDS, key) && selected >= 0) props.onCommand(COMMANDS[key], selected)
  else return false
  return true
}

function movesOf(isUpright: boolean): Readonly<Record<string, FlameMove | undefined>> {
  return {
    ArrowUp: isUpright ? 'leaf' : 'root',
    ArrowDown: isUpright ? 'root' : 'leaf',
    ArrowLeft: 'before',
    ArrowRight: 'after',
    Home: 'first',
    End: 'last',
  }
}
