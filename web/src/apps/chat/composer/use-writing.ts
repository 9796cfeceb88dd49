/** What is being written in one composer: its text, what it answers or edits, and how it is sent. */
import { useEffect, useState, type RefObject } from "react";
import type { Message, RoomHead } from "../../../core/api";
import { useFrom, useLog, useMyId } from "../../../core/rooms/hooks";
import { useLive } from "../../../core/rooms/live";
import { useMe } from "../../../core/session";
import { toastError } from "../../../core/ui/Toast";
import { edit } from "../actions";
import { give, isKnown } from "../asks";
import { ASK_BEFORE_ALL, mayEdit, TEXT_LIMIT } from "../rules";
import { endEdit, endReply, placeOf, startEdit, useView } from "../view";
import { commandOf } from "./commands";
import type { FieldHandle } from "./field";
import { mentionsIn, type Target } from "./mentions";
import { clearUploads, useUploads } from "./uploads";

export type Writing = ReturnType<typeof useWriting>;

interface Ask {
  head: RoomHead;
  thread: number | null;
  targets: Target[];
  field: RefObject<FieldHandle | null>;
}

export function useWriting({ head, thread, targets, field }: Ask) {
  const place = placeOf(head.id, thread);
  const words = useWords(head.id, thread);
  const uploads = useUploads(place);
  const options = useOptions();
  const reply = useView((view) => view.replies[place] ?? null);
  const { outbox } = useLive();
  const { text, write, editing } = words;
  const uploading = uploads.some((item) => item.state !== "done");
  const over = [...text].length - TEXT_LIMIT;
  const ready = (text.trim() !== "" || uploads.length > 0) && over <= 0 && !uploading;
  useFocus(field, reply ?? editing);
  useInserted(place, write, field);

  const post = () => {
    outbox.add({
      room: head.id,
      thread,
      also_room: thread !== null && options.alsoRoom,
      text: text.trim(),
      files: uploads.flatMap((item) => item.file ?? []),
      reply_to: reply?.seq ?? null,
      confirm: options.confirm && !head.direct,
      mentions: mentionsIn(text, targets),
    });
    write("");
    clearUploads(place);
    endReply(head.id, thread);
    options.reset();
    useView.setState({ keptUnread: null });
  };
  const command = useGiven(head.id, thread, text, post, () => write(""));
  const send = () => {
    if (editing) return save(editing, text, targets);
    if (!ready || command.looking) return;
    if (command.name !== null && uploads.length === 0) return void command.give();
    const loud = mentionsIn(text, targets).all && head.member_count > ASK_BEFORE_ALL;
    if (loud) options.setAskAll(true);
    else post();
  };
  const leave = (): boolean => {
    if (editing) endEdit();
    else if (reply) endReply(head.id, thread);
    return editing !== null || reply !== null;
  };
  return { ...words, ...options, reply, leave, send, post, ready, over, uploading, command };
}

/** The command that a text gives: known ones are given, of another it is asked whether it is meant as text. */
function useGiven(
  room: string,
  thread: number | null,
  text: string,
  post: () => void,
  clear: () => void,
) {
  const name = commandOf(text);
  const [unknown, setUnknown] = useState<string | null>(null);
  const [looking, setLooking] = useState(false);
  const run = async () => {
    if (name === null) return;
    setLooking(true);
    try {
      if (!(await isKnown(room, name))) return setUnknown(name);
      clear();
      void give(room, thread, text.trim());
    } catch (error) {
      toastError(error);
    } finally {
      setLooking(false);
    }
  };
  return { name, unknown: unknown === name ? unknown : null, looking, give: run, asText: post };
}

/** Ends the edit; what did not change is not sent. */
function save(editing: Message, text: string, targets: Target[]): void {
  if (text.trim() === "") return;
  endEdit();
  if (text !== editing.text) void edit(editing, text, mentionsIn(text, targets)).catch(toastError);
}

/** What is asked with the next message, and whether everybody is about to be called. */
function useOptions() {
  const [confirm, setConfirm] = useState(false);
  const [alsoRoom, setAlsoRoom] = useState(false);
  const [askAll, setAskAll] = useState(false);
  const endAskAll = () => setAskAll(false);
  const reset = () => {
    setConfirm(false);
    setAlsoRoom(false);
    setAskAll(false);
  };
  return { confirm, setConfirm, alsoRoom, setAlsoRoom, askAll, setAskAll, endAskAll, reset };
}

/** The text: the draft of the place, or the edited message's while one is edited. */
function useWords(room: string, thread: number | null) {
  const { drafts, presence } = useLive();
  const me = useMyId();
  const log = useLog(room);
  const { show_typing } = useMe().person.settings;
  const draft = useFrom(drafts, () => drafts.get(room, thread));
  const edited = useView((view) => view.editing);
  const editing: Message | null =
    edited?.message.room === room && edited.thread === thread ? edited.message : null;
  const [editText, setEditText] = useState("");
  const [seen, setSeen] = useState<Message | null>(null);
  if (editing !== seen) {
    setSeen(editing);
    setEditText(editing?.text ?? "");
  }
  const write = (text: string) => {
    if (editing) return setEditText(text);
    drafts.write(room, thread, text);
    if (text !== "" && show_typing) presence.iType(room, thread);
  };
  const editLast = () => {
    const mine = log.list(thread).findLast((message) => mayEdit(message, me));
    if (mine) startEdit(mine, thread);
  };
  return { text: editing ? editText : draft, write, editing, editLast };
}

/** Choosing what to answer or edit puts the caret here. */
function useFocus(field: RefObject<FieldHandle | null>, about: Message | null): void {
  useEffect(() => {
    if (about) field.current?.focus();
  }, [about, field]);
}

/** Text from outside, such as an example, is put in once. */
function useInserted(
  place: string,
  write: (text: string) => void,
  field: RefObject<FieldHandle | null>,
): void {
  const insert = useView((view) => (view.insert?.place === place ? view.insert : null));
  useEffect(() => {
    if (!insert) return;
    useView.setState({ insert: null });
    write(insert.text);
    field.current?.focus();
  }, [insert, write, field]);
}
