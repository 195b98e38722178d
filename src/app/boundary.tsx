/** A panel that throws while drawing takes down itself and nothing else. */
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import css from './app.module.css';

interface BoundaryProps {
  readonly name: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error: Error | undefined;
}

export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <section className={css.broken} aria-label={this.props.name}>
        <p>
          {this.props.name} could not be drawn: {error.message}
        </p>
        <Button onClick={() => this.setState({ error: undefined })}>Try again</Button>
      </section>
    );
  }
}
