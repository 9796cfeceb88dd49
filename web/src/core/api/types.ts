/**
 * The shapes that the server speaks, one word for one thing from its database to the screen.
 *
 * They are names for what schema.d.ts says; only what the description can't say is written out.
 */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Hello = Schemas["Hello"];
export type Settings = Schemas["Settings"];
export type Person = Schemas["Person"];
export type Lang = Person["lang"];
export type MyOrg = Schemas["MyOrg"];
export type Role = MyOrg["role"];
export type Me = Schemas["Me"];
export type Session = Schemas["Session"];
export type Token = Schemas["Token"];
/** A token just made: the only time that its secret is shown. */
export type NewToken = Schemas["NewToken"];
/** A person in an organisation; `id` is the person's. */
export type Member = Schemas["Member"];
export type Department = Schemas["Department"];
/** `url` and `qr` (the text of an SVG document) are there only when it was just made. */
export type Invite = Schemas["Invite"];
/** What an invitation's page shows before anyone signs up. */
export type InviteCard = Schemas["Invitation"];
export type AuditLine = Omit<Schemas["AuditLine"], "detail"> & { detail: Record<string, unknown> };

/** What room-wide events carry; in a direct talk `name` is "". `top` is the message held at the top. */
export type RoomFields = Schemas["RoomFields"];
export type Posting = RoomFields["posting"];
/** A room as I see it. Unread is `last_seq - max(read_seq, join_seq)`. */
export type RoomHead = Schemas["RoomHead"];
export type RoomRole = RoomHead["role"];
export type PublicRoom = Schemas["PublicRoom"];
export type RoomMember = Schemas["RoomMember"];

export type Message = Schemas["Message"];
/** The parsed text of a message: a small typed tree that the client draws. */
export type Block = Message["body"][number];
export type Item = Schemas["Item"];
export type Inline = Schemas["Paragraph"]["c"][number];
export type File = Schemas["File"];
export type Card = Schemas["Card"];
export type CardButton = Schemas["Button"];
export type CardChoice = Schemas["Choice"];
/** What I asked of an app has been answered; without a code it went well. */
export type Answered = Schemas["Answered"];
/** A robot's words that only I see. */
export type Told = Schemas["Told"];
/** A dialog that a robot asks me to fill. */
export type DialogAsked = Schemas["DialogAsked"];
export type DialogAnswer = Schemas["DialogAnswer"];
export type DialogElement = DialogAsked["elements"][number];
/** A command that can be given in a room, without its slash. */
export type CommandHere = Schemas["CommandHere"];
export type RoomEvent = Schemas["RoomEvent"];
export type Quote = Schemas["Quote"];
export type Reaction = Schemas["Reaction"];
export type Mentions = Schemas["Mentions"];
export type Changes = Schemas["Changes"];
export type MemberChange = Changes["members"][number];
export type Edit = Schemas["Edit"];
export type Reader = Schemas["Reader"];
export type Readers = Schemas["Readers"];
export type Read = Schemas["ReadPointer"];
/** `large` in rooms of more than 100 members, which tell no single pointers. */
export type Reads = Schemas["Reads"];
export type Draft = Schemas["Draft"];
export type RoomFile = Schemas["RoomFile"];
export type MessagePage = Schemas["Messages"];

/** What lets other programs post in one room. */
export type Robot = Schemas["Robot"];
/** A robot with its addresses, which are shown this once. */
export type RobotMade = Schemas["RobotMade"];
export type RobotCall = Schemas["Call"];
/** What a robot calls. */
export type Ways = Schemas["Ways"];
export type Hook = Schemas["Hook"];
export type Command = Schemas["Command"];
/** A robot that calls others, with its token, which is shown this once. */
export type AskingMade = Schemas["AskingMade"];

/** What a page of anything looks like. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

export type PresenceState = "on" | "away" | "off";
