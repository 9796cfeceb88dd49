/** Every call of the server as openapi-fetch wants it, from one short table. */
import type * as T from "./types";

type Words<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & Words<Rest>
  : unknown;

interface Call<Answer, Body = undefined, Query = undefined> {
  answer: Answer;
  body: Body;
  query: Query;
}
type Turn = { cursor?: string; limit?: number };
type Send = {
  nonce: string;
  text?: string;
  files?: string[];
  reply_to?: number;
  thread?: number;
  also_room?: boolean;
  confirm?: boolean;
  mentions?: T.Mentions;
};
type Find = Turn & { query?: string };

interface Table {
  "/api/hello": { get: Call<T.Hello> };
  "/api/setup": {
    post: Call<
      T.Me,
      {
        token: string;
        org_name: string;
        name: string;
        email: string;
        password: string;
        lang: T.Lang;
      }
    >;
  };
  "/api/sign-in": { post: Call<T.Me, { email: string; password: string }> };
  "/api/sign-in/link": { post: Call<T.Me, { token: string }> };
  "/api/sign-out": { post: Call<void> };
  "/api/me": {
    get: Call<T.Me>;
    patch: Call<T.Me, { name?: string; lang?: T.Lang; settings?: Partial<T.Settings> }>;
  };
  "/api/me/password": { post: Call<void, { old: string | null; new: string }> };
  "/api/me/avatar": { put: Call<T.Me, Blob> };
  "/api/me/sessions": { get: Call<T.Page<T.Session>> };
  "/api/me/sessions/{id}": { delete: Call<void> };
  "/api/me/tokens": {
    get: Call<T.Page<T.Token>>;
    post: Call<T.NewToken, { name: string; scopes: string[]; days: number | null }>;
  };
  "/api/me/tokens/{id}": { delete: Call<void> };
  "/api/orgs": { post: Call<T.MyOrg, { name: string }> };
  "/api/orgs/{org}": { patch: Call<T.MyOrg, { name: string }> };
  "/api/orgs/{org}/people": {
    get: Call<T.Page<T.Member>, undefined, Find & { department?: string; active?: boolean }>;
  };
  "/api/orgs/{org}/people/{person}": {
    get: Call<T.Member>;
    patch: Call<T.Member, { role?: T.Role; title?: string; departments?: string[] }>;
  };
  "/api/orgs/{org}/people-by-id": { get: Call<T.Page<T.Member>, undefined, { ids: string }> };
  "/api/orgs/{org}/people/{person}/deactivate": { post: Call<T.Member> };
  "/api/orgs/{org}/people/{person}/reactivate": { post: Call<T.Member> };
  "/api/orgs/{org}/people/{person}/link": { post: Call<{ url: string; expires_at: number }> };
  "/api/orgs/{org}/departments": {
    get: Call<T.Page<T.Department>>;
    post: Call<T.Department, { name: string; parent: string | null }>;
  };
  "/api/orgs/{org}/departments/{id}": {
    patch: Call<T.Department, { name?: string; parent?: string | null; position?: number }>;
    delete: Call<void>;
  };
  "/api/orgs/{org}/invites": {
    get: Call<T.Page<T.Invite>, undefined, Turn>;
    post: Call<
      T.Page<T.Invite>,
      {
        role: T.Role;
        department?: string;
        room?: string;
        emails?: string;
        uses?: number;
        days?: number;
      }
    >;
  };
  "/api/orgs/{org}/invites/{id}": { delete: Call<void> };
  "/api/invites/{token}": {
    get: Call<T.InviteCard>;
    post: Call<T.Me, { name: string; email: string; password: string; lang: T.Lang }>;
  };
  "/api/invites/{token}/accept": { post: Call<T.Me> };
  "/api/orgs/{org}/audit": { get: Call<T.Page<T.AuditLine>, undefined, Turn> };
  "/api/orgs/{org}/rooms": {
    get: Call<T.Page<T.PublicRoom>, undefined, Find>;
    post: Call<
      T.RoomHead,
      {
        name: string;
        topic?: string;
        is_public?: boolean;
        people?: string[];
        departments?: string[];
      }
    >;
  };
  "/api/orgs/{org}/direct": { post: Call<T.RoomHead, { person: string }> };
  "/api/orgs/{org}/search": {
    get: Call<T.Page<T.Message>, undefined, Find & { room?: string; sender?: string }>;
  };
  "/api/orgs/{org}/mentions": { get: Call<T.Page<T.Message>, undefined, Turn> };
  "/api/orgs/{org}/threads": { get: Call<T.Page<T.Message>, undefined, Turn> };
  "/api/rooms/{room}": {
    get: Call<T.RoomHead>;
    patch: Call<
      T.RoomHead,
      {
        name?: string;
        topic?: string;
        is_public?: boolean;
        posting?: T.Posting;
        mention_all?: T.Posting;
      }
    >;
  };
  "/api/rooms/{room}/join": { post: Call<T.RoomHead> };
  "/api/rooms/{room}/leave": { post: Call<void> };
  "/api/rooms/{room}/archive": { post: Call<T.RoomHead> };
  "/api/rooms/{room}/unarchive": { post: Call<T.RoomHead> };
  "/api/rooms/{room}/owner": { post: Call<T.RoomHead, { person: string }> };
  "/api/rooms/{room}/members": {
    get: Call<T.Page<T.RoomMember>, undefined, Find>;
    post: Call<T.Page<T.RoomMember>, { people?: string[]; departments?: string[] }>;
  };
  "/api/rooms/{room}/members/{person}": {
    patch: Call<T.RoomMember, { role: T.RoomRole }>;
    delete: Call<void>;
  };
  "/api/rooms/{room}/me": { patch: Call<T.RoomHead, { muted?: boolean; starred?: boolean }> };
  "/api/rooms/{room}/messages": {
    get: Call<
      T.MessagePage,
      undefined,
      { before?: number; after?: number; around?: number; limit?: number; thread?: number }
    >;
    post: Call<T.Message, Send>;
  };
  "/api/rooms/{room}/messages/{seq}": {
    get: Call<T.Message>;
    patch: Call<T.Message, { text: string; mentions?: T.Mentions }>;
  };
  "/api/rooms/{room}/messages/{seq}/edits": { get: Call<T.Page<T.Edit>> };
  "/api/rooms/{room}/messages/{seq}/recall": { post: Call<T.Message> };
  "/api/rooms/{room}/messages/{seq}/reactions/{emoji}": {
    put: Call<T.Message>;
    delete: Call<T.Message>;
  };
  "/api/rooms/{room}/messages/{seq}/pin": { put: Call<T.Message>; delete: Call<T.Message> };
  "/api/rooms/{room}/messages/{seq}/confirm": { post: Call<void> };
  "/api/rooms/{room}/messages/{seq}/readers": {
    get: Call<T.Readers, undefined, Turn & { side?: "read" | "unread" | "confirmed" }>;
  };
  "/api/rooms/{room}/changes": {
    get: Call<T.Changes, undefined, { since: number; limit?: number }>;
  };
  "/api/rooms/{room}/pins": { get: Call<T.Page<T.Message>, undefined, Turn> };
  "/api/rooms/{room}/top": { put: Call<T.RoomHead, { seq: number }>; delete: Call<T.RoomHead> };
  "/api/rooms/{room}/reads": { get: Call<T.Reads> };
  "/api/rooms/{room}/unread": { post: Call<void, { seq: number }> };
  "/api/rooms/{room}/read": { post: Call<void, { seq: number }> };
  "/api/rooms/{room}/draft": { put: Call<void, { text: string; thread?: number }> };
  "/api/rooms/{room}/drafts": { get: Call<{ items: T.Draft[] }> };
  "/api/rooms/{room}/files": {
    get: Call<T.Page<T.RoomFile>, undefined, Turn>;
    post: Call<T.File, Blob, { name: string }>;
  };
}

type Asked<Q> = Q extends undefined ? { query?: undefined } : { query?: Q };
type Path<P extends string> = P extends `${string}{${string}` ? { path: Words<P> } : unknown;
type Operation<P extends string, C> =
  C extends Call<infer A, infer B, infer Q>
    ? {
        parameters: Asked<Q> & Path<P>;
        responses: { 200: { content: { "application/json": A } } };
      } & (B extends undefined
        ? { requestBody?: undefined }
        : { requestBody: { content: { "application/json": B } } })
    : never;

export type paths = {
  [P in keyof Table]: { [M in keyof Table[P]]: Operation<P & string, Table[P][M]> };
};
