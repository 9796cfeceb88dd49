import { expect, test } from "vitest";
import { ApiError, errorFrom, mayRetry, noAnswer } from "./errors";
import { waitBefore } from "./queries";

const refusal = (status: number, body: unknown, headers: HeadersInit = {}) =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });

test("a refusal keeps its code, sentence, field and request id", async () => {
  const body = { code: "taken", message: "Choose another name.", field: "name", request_id: "r1" };
  const error = await errorFrom(refusal(409, body));
  expect(error).toMatchObject({ status: 409, code: "taken", field: "name", requestId: "r1" });
  expect(error.message).toBe("Choose another name.");
});

test("a proxy's page of HTML is still an error with a code", async () => {
  const error = await errorFrom(refusal(502, "<html>Bad gateway</html>", { "X-Request-Id": "r2" }));
  expect(error).toMatchObject({ code: "server_error", requestId: "r2", message: "" });
});

test("Retry-After says how long to wait", async () => {
  const error = await errorFrom(refusal(429, { code: "slow_down" }, { "Retry-After": "7" }));
  expect(error.retryAfter).toBe(7);
  expect(waitBefore(0, error)).toBe(7000);
});

test("only what may pass by itself is tried again", async () => {
  expect(mayRetry(noAnswer())).toBe(true);
  expect(mayRetry(await errorFrom(refusal(503, {})))).toBe(true);
  expect(mayRetry(await errorFrom(refusal(404, {})))).toBe(false);
  expect(mayRetry(new Error("ours"))).toBe(false);
});

test("waiting doubles from a second and has an end", () => {
  const error = new ApiError("", { status: 500, code: "server_error" });
  expect([0, 1, 2].map((n) => waitBefore(n, error))).toEqual([1000, 2000, 4000]);
  expect(waitBefore(20, error)).toBe(30_000);
});
