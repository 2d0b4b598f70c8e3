import type { ReactNode } from 'react';

/** A column of a list; the first one names the row and stays in sight when the table scrolls sideways. */
export interface ListColumn<Row> {
  readonly title: string;
  /** The name under which the server sorts, when it does. */
  readonly sortsBy?: string;
  readonly width?: number;
  readonly align?: 'left' | 'right';
  readonly render: (row: Row) => ReactNode;
  /** Left out of the cards of a narrow screen. */
  readonly isWideOnly?: boolean;
}
