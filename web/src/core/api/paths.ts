/**
 * Every call of the server as its own description (schema.d.ts) says, with three turns for the client:
 * {room_id} is written {room}; the two calls whose body is a file take a Blob; and where fields of a
 * body have defaults, they may be left out, which the generated types do not say.
 */
import type { components, paths as Served } from "./schema";
import type { Lang, Message, Page, Settings } from "./types";

type Schemas = components["schemas"];

type Short<P extends string> = P extends `${infer Before}{${infer Name}_id}${infer Rest}`
  ? `${Before}{${Name}}${Short<Rest>}`
  : P;

type ShortNames<Path> = {
  [Name in keyof Path as Name extends `${infer Word}_id` ? Word : Name]: string | number;
};

type Turned<Operation> = Operation extends { parameters: { path: infer Path } }
  ? Omit<Operation, "parameters"> & {
      parameters: Omit<Operation["parameters"], "path"> & { path: ShortNames<Path> };
    }
  : Operation;

type WithBody<Operation, Body> = Omit<Operation, "requestBody"> & {
  requestBody: { content: { "application/json": Body } };
};

type Some<Wish, Needed extends keyof Wish> = Pick<Wish, Needed> & Partial<Wish>;

interface Bodies {
  "/api/me": { patch: { name?: string; lang?: Lang; settings?: Partial<Settings> } };
  "/api/me/avatar": { put: Blob };
  "/api/orgs/{org}/invites": { post: Some<Schemas["InviteWish"], "role"> };
  "/api/orgs/{org}/rooms": { post: Some<Schemas["NewRoom"], "name"> };
  "/api/rooms/{room}/files": { post: Blob };
}

type BodyOf<P, M> = P extends keyof Bodies
  ? M extends keyof Bodies[P]
    ? Bodies[P][M]
    : never
  : never;

type Described = {
  [P in keyof Served as Short<P & string>]: {
    [M in keyof Served[P]]: [BodyOf<Short<P & string>, M>] extends [never]
      ? Turned<Served[P][M]>
      : WithBody<Turned<Served[P][M]>, BodyOf<Short<P & string>, M>>;
  };
};

/** Calls that stand in the contract and not yet in the description. */
interface Promised {
  "/api/orgs/{org}/search": {
    get: {
      parameters: {
        path: { org: string };
        query?: { query?: string; room?: string; sender?: string; cursor?: string };
      };
      responses: { 200: { content: { "application/json": Page<Message> } } };
    };
  };
}

export type paths = Described & Omit<Promised, keyof Described>;
