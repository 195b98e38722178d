/** A column of a data table; how tables look is table.module.css. Long ones are drawn by views/parts/virtual-table.tsx. */
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row, index: number) => ReactNode;
  /** Figures stand right and in mono. */
  readonly figure?: boolean;
  /** The cell names its row. */
  readonly rowHead?: boolean;
}
