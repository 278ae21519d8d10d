import { Component, type ReactNode } from 'react'
import styles from './screen.module.css'

interface ViewBoundaryProps {
  readonly children: ReactNode
}

interface ViewBoundaryState {
  readonly error?: Error
}

/** A fault of our own stays in the view where it happened, and says so. Key it by the view. */
export class ViewBoundary extends Component<ViewBoundaryProps, ViewBoundaryState> {
  override state: ViewBoundaryState = {}

  static getDerivedStateFromError(error: unknown): ViewBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <div className={styles.screen} role="alert">
        <h1 className={styles.answer}>This screen stopped</h1>
        <p className="data">{error.message}</p>
        <p>That is a fault of pinscope, not of your files. The other screens still work.</p>
        <button type="button" className="link-button" onClick={() => this.setState({ error: undefined })}>
          Try again
        </button>
      </div>
    )
  }
}
