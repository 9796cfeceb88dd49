/** Messages and rooms for tests. */
import type { Message, RoomHead } from "../api";

export function sampleMessage(seq: number, rev = seq, fields: Partial<Message> = {}): Message {
  return {
    room: "r1",
    seq,
    rev,
    sender: "p2",
    kind: "text",
    text: `message ${seq}`,
    body: [{ t: "p", c: [{ t: "text", s: `message ${seq}` }] }],
    files: [],
    card: null,
    event: null,
    reply_to: null,
    thread: null,
    also_room: false,
    thread_count: 0,
    thread_last_at: null,
    thread_people: [],
    reactions: [],
    mentions: { people: [], departments: [], all: false },
    confirm: false,
    at: 1_600_000_000_000 + seq * 1000,
    edited_at: null,
    recalled_at: null,
    recalled_by: null,
    pinned_at: null,
    pinned_by: null,
    nonce: null,
    ...fields,
  };
}

export function sampleHead(fields: Partial<RoomHead> = {}): RoomHead {
  return {
    id: "r1",
    org: "o1",
    name: "Ward",
    topic: "",
    direct: false,
    other: null,
    is_public: true,
    archived: false,
    posting: "all",
    mention_all: "all",
    owner: "p1",
    last_seq: 0,
    last_rev: 0,
    last_at: 1_600_000_000_000,
    member_count: 3,
    top: null,
    role: "member",
    join_seq: 0,
    read_seq: 0,
    mentions: 0,
    muted: false,
    starred: false,
    draft: "",
    ...fields,
  };
}

/** Lets promises that are ready run. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
