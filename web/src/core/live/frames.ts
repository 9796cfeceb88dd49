/** The frames of the live socket, both ways, and which of them are counted for resuming. */
import type {
  Answered,
  Changes,
  DialogAsked,
  Me,
  Member,
  Mentions,
  Message,
  PresenceState,
  RoomFields,
  RoomHead,
  RoomRole,
  Told,
} from "../api";

export interface NewMessage {
  room: string;
  nonce: string;
  text?: string;
  files?: string[];
  reply_to?: number;
  thread?: number;
  also_room?: boolean;
  confirm?: boolean;
  mentions?: Mentions;
}

export type ClientFrame =
  | { t: "hello"; v: 1; session?: string; seq?: number }
  | ({ t: "send"; id: number } & NewMessage)
  | { t: "read"; room: string; seq: number }
  | { t: "typing"; room: string; thread?: number }
  | { t: "draft"; room: string; thread?: number; text: string }
  | { t: "watch"; people: string[] }
  | { t: "catch_up"; rooms: Record<string, number> }
  | { t: "away"; on: boolean }
  | { t: "ping" };

interface Welcome {
  t: "welcome";
  session: string;
  seq: number;
  resumed: boolean;
  now: number;
  beat: number;
  /** Null on a resume, which changes nothing but what it replays. */
  me: Me | null;
  rooms: RoomHead[];
}

export interface Accepted {
  t: "ok";
  id: number;
  room: string;
  seq: number;
  rev: number;
  at: number;
}

export interface Refused {
  t: "error";
  id?: number;
  code: string;
  message: string;
  field?: string;
}

type Uncounted =
  | Welcome
  | Accepted
  | Refused
  | { t: "pong" }
  | { t: "typing"; room: string; person: string; thread?: number | null }
  | { t: "presence"; people: Record<string, PresenceState> }
  | { t: "changes"; room: string; since: number; changes: Changes }
  | { t: "behind"; rooms: Record<string, number> }
  | { t: "bye"; code: string; message: string };

interface MemberChange {
  t: "member";
  room: string;
  rev: number;
  person: string;
  left: boolean;
  role: RoomRole;
  member_count: number;
}

type Counted =
  | { t: "message"; message: Message }
  | { t: "room"; room: RoomFields; rev: number }
  | MemberChange
  | { t: "joined"; room: RoomHead }
  | { t: "left"; room: string }
  | {
      t: "mine";
      room: string;
      read_seq: number;
      mentions: number;
      muted: boolean;
      starred: boolean;
    }
  | { t: "draft"; room: string; thread: number | null; text: string; at: number }
  | { t: "read"; room: string; person: string; seq: number }
  | { t: "person"; org: string; person: Member }
  | { t: "departments"; org: string }
  | { t: "me"; me: Me }
  | { t: "org"; org: string; name: string }
  | ({ t: "answered" } & Answered)
  | ({ t: "told" } & Told)
  | ({ t: "dialog" } & DialogAsked);

export type ServerFrame = Uncounted | Counted;
export type FrameOf<T extends ServerFrame["t"]> = Extract<ServerFrame, { t: T }>;

const COUNTED = new Set<string>([
  "message",
  "room",
  "member",
  "joined",
  "left",
  "mine",
  "draft",
  "read",
  "person",
  "departments",
  "me",
  "org",
  "answered",
  "told",
  "dialog",
] satisfies Counted["t"][]);

/** Whether a frame moves the session's place, so that a resume asks for what comes after it. */
export function isCounted(frame: { t: string }): boolean {
  return COUNTED.has(frame.t);
}
