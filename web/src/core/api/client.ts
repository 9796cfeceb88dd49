/**
 * The one way to call the server: typed paths, errors thrown as ApiError.
 *
 * The types of openapi-fetch's own answers lose tuples (its Readable<T>), which the code blocks of
 * messages have; so Client says again, shorter, what a call takes and answers.
 */
import createClient, { type MaybeOptionalInit, type Middleware } from "openapi-fetch";
import type { HttpMethod, PathsWithMethod, RequiredKeysOf } from "openapi-typescript-helpers";
import { errorFrom, noAnswer } from "./errors";
import type { paths } from "./paths";

type Success<Operation> = Operation extends { responses: infer R }
  ? [keyof R & (200 | 201)] extends [never]
    ? void
    : R[keyof R & (200 | 201)] extends { content: { "application/json": infer Data } }
      ? Data
      : void
  : never;

type Init<Ways, M extends keyof Ways> =
  RequiredKeysOf<MaybeOptionalInit<Ways, M>> extends never
    ? [MaybeOptionalInit<Ways, M>?]
    : [MaybeOptionalInit<Ways, M>];

type Method<M extends HttpMethod> = <P extends PathsWithMethod<paths, M>>(
  url: P,
  ...init: Init<paths[P], M & keyof paths[P]>
) => Promise<{ data?: Success<paths[P][M & keyof paths[P]]>; response: Response }>;

interface Client {
  GET: Method<"get">;
  PUT: Method<"put">;
  POST: Method<"post">;
  PATCH: Method<"patch">;
  DELETE: Method<"delete">;
}

const refusals: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await errorFrom(response);
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    return noAnswer();
  },
};

const client = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? "",
  credentials: "same-origin",
});
client.use(refusals);

export const api = client as unknown as Client;

/** The data of a call; a refusal is thrown: `await answer(api.GET("/api/me"))`. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
