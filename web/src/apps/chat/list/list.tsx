/** The messages of a room or a thread as a virtual list that holds its place and follows its end. */
import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { useCallback, useMemo, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLog, useMessages, useMyId, useOutgoing, useVersion } from "../../../core/rooms/hooks";
import { Button } from "../../../core/ui/Button";
import { Skeleton } from "../../../core/ui/Skeleton";
import { Spinner } from "../../../core/ui/Spinner";
import { JumpButton } from "./jump-button";
import { OneRow } from "./one-row";
import { buildRows, dayOf, type Row } from "./rows";
import { useJump, useOpening, usePaging, type Scroller } from "./scrolling";
import { useReading } from "./reading";
import { useRowKeys } from "./row-keys";
import { Unsent } from "./unsent";
import css from "./list.module.css";

const ESTIMATES: Record<Row["kind"], number> = {
  begin: 96,
  day: 44,
  new: 32,
  event: 32,
  message: 64,
  out: 64,
};
const OVERSCAN = 10;
/** Nearer to the end than this counts as at the end. */
const END_PX = 96;

interface Props {
  room: string;
  thread: number | null;
  /** The first message I had not read when I came. */
  newFrom: number | null;
  /** A message to go to. */
  target: number | null;
  /** What stands above the first message of all. */
  begin: ReactNode;
}

/** Draws the list once its first stretch has come. */
export function MessageList(props: Props) {
  const { t } = useTranslation("chat");
  const log = useLog(props.room);
  useVersion(log);
  const stretch = log.stretch(props.thread);
  if (stretch.loaded) return <Loaded {...props} />;
  if (!stretch.failed)
    return (
      <Unsent {...props}>
        <div className={css.waiting}>
          <Skeleton rows={7} avatars />
        </div>
      </Unsent>
    );
  return (
    <Unsent {...props}>
      <div className={css.failed} role="alert">
        <p>{t("list.failed")}</p>
        <Button onClick={() => log.reopen()}>{t("list.again")}</Button>
      </div>
    </Unsent>
  );
}

function useRows({ room, thread, newFrom }: Props): Row[] {
  const me = useMyId();
  const messages = useMessages(room, thread);
  const outgoing = useOutgoing(room, thread);
  const { hasBefore, hasAfter, joints } = useLog(room).stretch(thread);
  return useMemo(
    () =>
      buildRows({
        messages,
        outgoing: hasAfter ? [] : outgoing,
        me,
        newFrom,
        dayOf,
        joints,
        whole: !hasBefore && thread === null,
      }),
    [messages, outgoing, hasAfter, hasBefore, joints, me, newFrom, thread],
  );
}

function Loaded(props: Props) {
  const { t } = useTranslation("chat");
  const { room, thread, target, begin } = props;
  const rows = useRows(props);
  const box = useRef<HTMLDivElement>(null);
  const getItemKey = useCallback((index: number) => rows[index]!.key, [rows]);
  // eslint-disable-next-line react/incompatible-library -- no compiler keeps its answers
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => ESTIMATES[rows[index]!.kind],
    getItemKey,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: END_PX,
    overscan: OVERSCAN,
    paddingEnd: 12,
  });
  const scroller: Scroller = { list, rows, room, thread };
  useOpening(scroller, target);
  const lit = useJump(scroller, target);
  const loading = usePaging(scroller, box);
  const atEnd = useReading(scroller, box);
  const keys = useRowKeys(scroller, box);
  return (
    <div className={css.frame}>
      <div
        ref={box}
        className={css.box}
        role="log"
        aria-label={t("list.label")}
        aria-live={atEnd ? "polite" : "off"}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- rows are walked with the arrow keys
        tabIndex={0}
        {...keys}
      >
        <div className={css.all} style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => (
            <Place key={item.key} item={item} measure={list.measureElement}>
              <OneRow row={rows[item.index]!} thread={thread} lit={lit} begin={begin} />
            </Place>
          ))}
        </div>
      </div>
      {loading && (
        <div className={css.loading}>
          <Spinner small />
        </div>
      )}
      {!atEnd && <JumpButton scroller={scroller} />}
    </div>
  );
}

interface PlaceProps {
  item: VirtualItem;
  measure: (node: Element | null) => void;
  children: ReactNode;
}

function Place({ item, measure, children }: PlaceProps) {
  return (
    <div
      ref={measure}
      className={css.place}
      data-index={item.index}
      style={{ transform: `translateY(${item.start}px)` }}
    >
      {children}
    </div>
  );
}
