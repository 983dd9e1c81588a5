import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Notice } from '../ui/Notice.tsx';

/** A bug in a panel is said, with a way on; the files are not touched by it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Notice title="Something in this page broke" detail={error.message}>
        <Button variant="default" onClick={() => this.setState({ error: null })}>
          Try again
        </Button>
        <Button variant="default" onClick={() => window.location.reload()}>
          Load the page anew
        </Button>
      </Notice>
    );
  }
}
