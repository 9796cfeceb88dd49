/** Key combinations such as "mod+shift+k": whether an event is one, and how it is written. */

const MARKS = ["mod", "ctrl", "alt", "shift"] as const;
const MAC_NAMES: Record<string, string> = { mod: "⌘", ctrl: "⌃", alt: "⌥", shift: "⇧" };
const NAMES: Record<string, string> = {
  mod: "Ctrl",
  ctrl: "Ctrl",
  alt: "Alt",
  shift: "Shift",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  enter: "Enter",
  escape: "Esc",
};

const isMac = (platform = navigator.userAgent): boolean => /Mac|iPhone|iPad/.test(platform);

/** "mod+k" as the words on the keys: ["Ctrl", "K"]. */
export function keyNames(keys: string, mac = isMac()): string[] {
  return keys.split("+").map((key) => (mac && MAC_NAMES[key]) || NAMES[key] || key.toUpperCase());
}

type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing"
>;

/** The key itself: by its place for letters, so that a Hangul keyboard's ㅏ is still "k". */
function keyOf(event: Pressed): string {
  const letter = /^(?:Key([A-Z])|Digit(\d))$/.exec(event.code);
  if (letter) return (letter[1] ?? letter[2] ?? "").toLowerCase();
  return event.code === "Slash" ? "/" : event.key.toLowerCase();
}

/** Whether this key press is that combination; never while an input method composes. */
export function isPressed(keys: string, event: Pressed, mac = isMac()): boolean {
  if (event.isComposing) return false;
  const parts = keys.split("+");
  const wants = (mark: string): boolean => parts.includes(mark);
  const ctrl = wants("ctrl") || (wants("mod") && !mac);
  const meta = wants("mod") && mac;
  const plain = parts.find((part) => !MARKS.some((mark) => mark === part));
  return (
    event.ctrlKey === ctrl &&
    event.metaKey === meta &&
    event.altKey === wants("alt") &&
    (event.shiftKey === wants("shift") || plain === "?") &&
    keyOf(event) === plain
  );
}

/** Whether the person is writing, so that a single letter is text and no command. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=textbox]"))
  );
}

/** Whether a combination may fire from where the focus is. */
export function mayFire(keys: string, event: KeyboardEvent): boolean {
  const bare = !/mod|ctrl|alt/.test(keys);
  return isPressed(keys, event) && !(bare && isWriting(event.target));
}
