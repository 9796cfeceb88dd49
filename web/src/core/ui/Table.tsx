/** Rows and columns; on a phone each row stands as a small list of its own. */
import type { ReactNode } from "react";
import css from "./Table.module.css";

export interface Column<Row> {
  id: string;
  /** The heading, read aloud where `quiet`. */
  title: string;
  quiet?: boolean;
  cell: (row: Row) => ReactNode;
  /** On a phone, without its heading and across the row. */
  main?: boolean;
}

export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
}: {
  /** What the table holds, read aloud. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  return (
    <table className={css.table}>
      <caption className="visually-hidden">{label}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col">
              <span className={column.quiet ? "visually-hidden" : undefined}>{column.title}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) => (
              <td
                key={column.id}
                data-title={column.quiet || column.main ? undefined : column.title}
                data-main={column.main || undefined}
                data-quiet={column.quiet || undefined}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
