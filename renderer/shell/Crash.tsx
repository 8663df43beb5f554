import { Component, type ReactNode } from 'react';
import styles from './Crash.module.css';

/** What is shown in place of a window whose rendering failed: what happened, what is kept, and the way back. */
export class Crash extends Component<{ readonly children: ReactNode }, { readonly failure?: string }> {
  override state: { readonly failure?: string } = {};

  static getDerivedStateFromError(error: unknown): { readonly failure: string } {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return (
      <main className={styles.crash} role="alert">
        <h1>The window could not be drawn</h1>
        <p>Your text is kept: unsaved changes are offered again once the window is back.</p>
        <code>{failure}</code>
        <button type="button" onClick={() => location.reload()}>
          Show the window again
        </button>
      </main>
    );
  }
}
