/** The shapes that the server speaks, one word for one thing from its database to the screen. */
export type Lang = "ko" | "en" | "zh";
export type Role = "owner" | "admin" | "member" | "guest";
export type RoomRole = "owner" | "admin" | "member";
export type PresenceState = "on" | "away" | "off";

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Hello {
  version: string;
  setup: boolean;
  demo: boolean;
}

export interface Settings {
  theme: "auto" | "light" | "dark";
  density: "compact" | "normal" | "large";
  enter_sends: boolean;
  show_typing: boolean;
  /** "22:00", or null for no quiet hours. */
  quiet_from: string | null;
  quiet_to: string | null;
  timezone: string;
}

export interface Person {
  id: string;
  name: string;
  email: string | null;
  lang: Lang;
  avatar: string | null;
  settings: Settings;
}

export interface MyOrg {
  id: string;
  name: string;
  role: Role;
}

export interface Me {
  person: Person;
  orgs: MyOrg[];
}

export interface Session {
  id: string;
  device: string;
  ip: string;
  created_at: number;
  seen_at: number;
  current: boolean;
}

export interface Token {
  id: string;
  name: string;
  scopes: string[];
  created_at: number;
  used_at: number | null;
  expires_at: number | null;
}

/** A token just made: the only time that its secret is shown. */
export interface NewToken extends Token {
  secret: string;
}

/** A person in an organisation; `id` is the person's. */
export interface Member {
  id: string;
  name: string;
  title: string;
  email: string | null;
  role: Role;
  departments: string[];
  avatar: string | null;
  active: boolean;
  robot: boolean;
}

export interface Department {
  id: string;
  name: string;
  parent: string | null;
  position: number;
  people: number;
}

export interface Invite {
  id: string;
  /** Only when just made. */
  url: string | null;
  /** SVG document text of the QR code, only when just made. */
  qr: string | null;
  role: Role;
  department: string | null;
  room: string | null;
  email: string | null;
  uses_left: number;
  expires_at: number;
  created_at: number;
}

/** What an invitation's page shows before anyone signs up. */
export interface InviteCard {
  org_name: string;
  role: Role;
  room_name: string | null;
  email: string | null;
}

export interface AuditLine {
  at: number;
  actor: string | null;
  actor_name: string;
  verb: string;
  subject: string;
  detail: Record<string, unknown>;
  request_id: string;
}

export type Posting = "all" | "owners";

/** What room-wide events carry; in a direct talk `name` is "". */
export interface RoomFields {
  id: string;
  org: string;
  name: string;
  topic: string;
  is_public: boolean;
  archived: boolean;
  posting: Posting;
  mention_all: Posting;
  owner: string | null;
  member_count: number;
  /** The message held at the top of the room. */
  top: number | null;
}

/** A room as I see it. Unread is `last_seq - max(read_seq, join_seq)`. */
export interface RoomHead extends RoomFields {
  direct: boolean;
  /** The other person of a direct talk. */
  other: string | null;
  last_seq: number;
  last_rev: number;
  last_at: number;
  role: RoomRole;
  join_seq: number;
  read_seq: number;
  /** Unread mentions of me. */
  mentions: number;
  muted: boolean;
  starred: boolean;
  draft: string;
}

export interface PublicRoom {
  id: string;
  name: string;
  topic: string;
  member_count: number;
  joined: boolean;
}

export interface RoomMember {
  person: string;
  name: string;
  title: string;
  avatar: string | null;
  role: RoomRole;
  join_seq: number;
  read_seq: number;
  rev: number;
  guest: boolean;
}

export type Inline =
  | { t: "text"; s: string }
  | { t: "b" | "i" | "s"; c: Inline[] }
  | { t: "code"; s: string }
  | { t: "a"; href: string; c: Inline[] }
  | { t: "at"; kind: "person" | "department" | "all"; id: string; s: string }
  | { t: "br" };

export interface Item {
  t: "li";
  checked: boolean | null;
  c: Block[];
}

export type CodeClass = "" | "k" | "s" | "n" | "c" | "m" | "o" | "f";

/** The parsed text of a message: a small typed tree that the client draws. */
export type Block =
  | { t: "p"; c: Inline[] }
  | { t: "h"; n: number; c: Inline[] }
  | { t: "ul"; c: Item[] }
  | { t: "ol"; start: number; c: Item[] }
  | { t: "quote"; c: Block[] }
  | { t: "code"; lang: string; c: [CodeClass, string][] }
  | {
      t: "table";
      align: ("" | "left" | "center" | "right")[];
      head: Inline[][];
      rows: Inline[][][];
    }
  | { t: "hr" };

export interface File {
  id: string;
  name: string;
  mime: string;
  size: number;
  width: number | null;
  height: number | null;
  thumb: boolean;
  url: string;
}

export interface CardButton {
  id: string;
  label: string;
  kind: "primary" | "plain";
  url: string | null;
}

export interface Card {
  type: string;
  icon: string;
  title: string;
  facts: { label: string; value: string }[];
  buttons: CardButton[];
  data: Record<string, unknown>;
}

export interface RoomEvent {
  verb:
    | "created"
    | "renamed"
    | "added"
    | "removed"
    | "left"
    | "archived"
    | "unarchived"
    | "owner"
    | "topic";
  people: string[];
  text: string;
}

export interface Quote {
  seq: number;
  sender: string | null;
  excerpt: string;
}

export interface Reaction {
  emoji: string;
  count: number;
  by: string[];
}

export interface Mentions {
  people: string[];
  departments: string[];
  all: boolean;
}

/** An entry of a room's log, named by (room, seq). */
export interface Message {
  room: string;
  seq: number;
  rev: number;
  sender: string | null;
  kind: "text" | "card" | "event";
  /** Source Markdown; "" when recalled. */
  text: string;
  body: Block[];
  files: File[];
  card: Card | null;
  event: RoomEvent | null;
  reply_to: Quote | null;
  /** The root's seq, on thread replies. */
  thread: number | null;
  also_room: boolean;
  thread_count: number;
  thread_last_at: number | null;
  thread_people: string[];
  reactions: Reaction[];
  mentions: Mentions;
  confirm: boolean;
  at: number;
  edited_at: number | null;
  recalled_at: number | null;
  recalled_by: string | null;
  pinned_at: number | null;
  pinned_by: string | null;
  nonce: string | null;
}

export interface MessagePage {
  items: Message[];
  has_before: boolean;
  has_after: boolean;
}

export interface MemberChange {
  person: string;
  rev: number;
  left: boolean;
  role: RoomRole;
}

export interface Changes {
  room: RoomFields;
  messages: Message[];
  members: MemberChange[];
  /** Up to where this page goes. */
  rev: number;
  more: boolean;
}

export interface Edit {
  version: number;
  text: string;
  at: number;
}

export interface Reader {
  id: string;
  name: string;
  avatar: string | null;
  read_seq: number;
}

export interface Readers extends Page<Reader> {
  read: number;
  unread: number;
  confirmed: number;
}

export interface Read {
  person: string;
  read_seq: number;
  join_seq: number;
}

export interface Reads {
  items: Read[];
  /** True in rooms of more than 100 members, which tell no single pointers. */
  large?: boolean;
}

export interface Draft {
  thread: number | null;
  text: string;
  at: number;
}

export interface RoomFile {
  file: File;
  seq: number;
  sender: string | null;
  at: number;
}
