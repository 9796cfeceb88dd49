/** A message's typed text tree as React nodes: nothing in it is ever read as HTML. */
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Block, Inline, Item } from "../../../core/api";
import { useMyId } from "../../../core/rooms/hooks";
import { classes } from "../../../core/ui/classes";
import { CodeBlock } from "./code";
import { atOf } from "./plain";
import css from "./blocks.module.css";

const SAFE = /^(https?|mailto|tel):/iu;

/** The tree never changes order, so a place in it is a key. */
export const Blocks = memo(function Blocks({ blocks }: { blocks: Block[] }) {
  return (
    <div className={css.blocks}>
      {blocks.map((block, place) => (
        <OneBlock key={place} block={block} />
      ))}
    </div>
  );
});

function OneBlock({ block }: { block: Block }) {
  switch (block.t) {
    case "p":
      return (
        <p>
          <Inlines parts={block.c} />
        </p>
      );
    case "h":
      return (
        <p
          className={classes(css.heading, block.n === 1 && css.first)}
          role="heading"
          aria-level={block.n + 2}
        >
          <Inlines parts={block.c} />
        </p>
      );
    case "quote":
      return (
        <blockquote className={css.quote}>
          <Blocks blocks={block.c} />
        </blockquote>
      );
    case "code":
      return <CodeBlock lang={block.lang} parts={block.c} />;
    case "hr":
      return <hr className={css.line} />;
    case "table":
      return <Table table={block} />;
    case "ul":
      return (
        <ul className={css.list}>
          <Items items={block.c} />
        </ul>
      );
    case "ol":
      return (
        <ol className={css.list} start={block.start}>
          <Items items={block.c} />
        </ol>
      );
  }
}

function Items({ items }: { items: Item[] }) {
  const { t } = useTranslation("chat");
  return items.map((item, place) => (
    <li key={place} className={classes(item.checked !== null && css.task)}>
      {item.checked !== null && (
        <span
          className={classes(css.box, item.checked && css.ticked)}
          role="img"
          aria-label={t(item.checked ? "message.done" : "message.notDone")}
        />
      )}
      <Blocks blocks={item.c} />
    </li>
  ));
}

function Table({ table }: { table: Extract<Block, { t: "table" }> }) {
  const align = (column: number) => ({ textAlign: table.align[column] || undefined }) as const;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table is scrolled by keys
    <div className={css.tableBox} tabIndex={0} role="group">
      <table className={css.table}>
        <thead>
          <tr>
            {table.head.map((cell, column) => (
              <th key={column} style={align(column)} scope="col">
                <Inlines parts={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={column} style={align(column)}>
                  <Inlines parts={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Inlines({ parts }: { parts: Inline[] }) {
  return parts.map((part, place) => <OneInline key={place} part={part} />);
}

function OneInline({ part }: { part: Inline }) {
  switch (part.t) {
    case "text":
      return part.s;
    case "br":
      return <br />;
    case "b":
      return (
        <strong>
          <Inlines parts={part.c} />
        </strong>
      );
    case "i":
      return (
        <em>
          <Inlines parts={part.c} />
        </em>
      );
    case "s":
      return (
        <s>
          <Inlines parts={part.c} />
        </s>
      );
    case "code":
      return <code className={css.code}>{part.s}</code>;
    case "a":
      return <Anchor href={part.href} parts={part.c} />;
    case "at":
      return <At part={part} />;
  }
}

/** The server promises safe addresses; an address that is not is shown as words only. */
function Anchor({ href, parts }: { href: string; parts: Inline[] }) {
  if (!SAFE.test(href)) return <Inlines parts={parts} />;
  const inside = href.startsWith(`${location.origin}/`);
  if (inside) {
    return (
      <Link href={href.slice(location.origin.length)} className={css.link}>
        <Inlines parts={parts} />
      </Link>
    );
  }
  return (
    <a className={css.link} href={href} target="_blank" rel="noopener noreferrer nofollow">
      <Inlines parts={parts} />
    </a>
  );
}

function At({ part }: { part: Extract<Inline, { t: "at" }> }) {
  const me = useMyId();
  const mine = part.kind === "all" || part.id === me;
  return <span className={classes(css.at, mine && css.mine)}>{atOf(part.s)}</span>;
}
