/** The textarea: plain, so that Hangul and pinyin are never lost, and keys act only when nothing is being composed. */
import {
  useEffect,
  useId,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
} from "react";
import { useImperativeHandle } from "react";
import { MentionPicker, optionId } from "./mention-picker";
import { commandAt } from "./commands";
import { complete, mentionAt, type Target } from "./mentions";
import type { Query, Targets } from "./use-targets";
import type { Writing } from "./use-writing";
import css from "./field.module.css";

const COMPOSING_KEY = 229;

export interface FieldHandle {
  focus(): void;
  /** Puts text where the caret is. */
  insert(text: string): void;
}

interface Props {
  ref: Ref<FieldHandle>;
  writing: Writing;
  placeholder: string;
  label: string;
  enterSends: boolean;
  targets: Targets;
  onQuery: (query: Query | null) => void;
  onFiles: (files: File[]) => void;
}

export function Field(props: Props) {
  const { writing, targets, placeholder, label } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const naming = useNaming(props, box);
  useInsert(props, box);
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    props.onFiles(files);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === COMPOSING_KEY) return;
    if (!naming.onKey(event)) onFieldKey(event, props);
  };
  const { open, id, active } = naming;
  return (
    <>
      {open && (
        <MentionPicker id={id} targets={targets.fitting} active={active} onPick={naming.pick} />
      )}
      <textarea
        ref={box}
        className={css.field}
        rows={1}
        value={writing.text}
        placeholder={placeholder}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={open ? id : undefined}
        aria-activedescendant={open ? optionId(id, active) : undefined}
        onChange={(event) => {
          writing.write(event.target.value);
          naming.look();
        }}
        onSelect={naming.look}
        onBlur={naming.close}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
    </>
  );
}

function onFieldKey(
  event: KeyboardEvent<HTMLTextAreaElement>,
  { writing, enterSends }: Props,
): void {
  const strong = event.ctrlKey || event.metaKey;
  const sends = event.key === "Enter" && !event.shiftKey && !event.altKey && (strong || enterSends);
  const edits = event.key === "ArrowUp" && writing.text === "" && !event.altKey;
  if (sends) {
    event.preventDefault();
    writing.send();
  } else if (edits) {
    event.preventDefault();
    writing.editLast();
  } else if (event.key === "Escape" && writing.leave()) {
    event.preventDefault();
  }
}

/** The "@…" or "/…" that is being typed, and the keys of its list. */
function useNaming(
  { targets, onQuery, writing }: Props,
  box: { current: HTMLTextAreaElement | null },
) {
  const id = useId();
  const [at, setAt] = useState<(Query & { start: number }) | null>(null);
  const [active, setActive] = useState(0);
  const open = at !== null && targets.fitting.length > 0;
  const set = (next: typeof at) => {
    if (next?.query !== at?.query || next?.sign !== at?.sign) setActive(0);
    setAt(next);
    onQuery(next);
  };
  const look = () => box.current && set(begunAt(box.current, writing.editing === null));
  const close = () => set(null);
  const pick = (target: Target) => {
    const field = box.current;
    if (!field || !at) return;
    const done = complete(field.value, field.selectionStart, at.start, target.name, at.sign);
    writing.write(done.text);
    close();
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(done.caret, done.caret);
    });
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const count = targets.fitting.length;
    if (event.key === "ArrowDown") setActive((active + 1) % count);
    else if (event.key === "ArrowUp") setActive((active + count - 1) % count);
    else if (event.key === "Enter" || event.key === "Tab") pick(targets.fitting[active]!);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    return true;
  };
  return { id, open, active, look, close, pick, onKey };
}

/** What is begun where the caret stands; commands are given with new messages only. */
function begunAt(field: HTMLTextAreaElement, fresh: boolean): (Query & { start: number }) | null {
  const { value, selectionStart: caret } = field;
  const command = fresh ? commandAt(value, caret) : null;
  if (command) return { ...command, sign: "/" };
  const mention = mentionAt(value, caret);
  return mention && { ...mention, sign: "@" };
}

function useInsert({ ref, writing }: Props, box: { current: HTMLTextAreaElement | null }): void {
  const latest = useRef(writing);
  useEffect(() => {
    latest.current = writing;
  });
  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    insert(text) {
      const field = box.current;
      if (!field) return;
      const { selectionStart: start, selectionEnd: end } = field;
      const before = latest.current.text;
      latest.current.write(before.slice(0, start) + text + before.slice(end));
      requestAnimationFrame(() => {
        field.focus();
        field.setSelectionRange(start + text.length, start + text.length);
        field.dispatchEvent(new Event("select", { bubbles: true }));
      });
    },
  }));
}
