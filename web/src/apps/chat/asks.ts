/** Asking robots: presses of their cards' buttons, and commands. Each has a nonce, so that it can be sent again blindly. */
import { answer, api, ApiError, queryClient, type CommandHere, type Page } from "../../core/api";
import { aboutPress } from "../../core/rooms/asks";
import { liveNow } from "../../core/rooms/live";
import { sentenceOf } from "../../core/words/errors";

const KNOWN_MS = 15_000;

interface PressAsk {
  room: string;
  seq: number;
  thread: number | null;
  button: string;
  values: Record<string, string>;
}

/** Presses; what failed for want of an answer is sent again under its first nonce. */
export async function press({ room, seq, thread, button, values }: PressAsk): Promise<void> {
  const live = liveNow();
  if (!live) return;
  const last = live.asks.press(room, seq, button);
  if (last && !last.failed) return;
  const ref = last?.failed?.code === "offline" ? last.ref : crypto.randomUUID();
  live.asks.begin({ ref, room, thread, about: aboutPress(seq, button), kind: "press" });
  const params = { path: { room, seq: String(seq) } };
  const body = { button, nonce: ref, values };
  const path = "/api/rooms/{room}/messages/{seq}/press";
  await settled(ref, async () => {
    const { done } = await answer(api.POST(path, { params, body }));
    if (done) live.asks.done(ref);
  });
}

/** Gives a command; its answer comes over the live socket. */
export async function give(
  room: string,
  thread: number | null,
  text: string,
  again?: string,
): Promise<void> {
  const live = liveNow();
  if (!live) return;
  const ref = again ?? crypto.randomUUID();
  live.asks.begin({ ref, room, thread, about: text, kind: "command" });
  const body = { text, thread, nonce: ref };
  await settled(ref, () =>
    answer(api.POST("/api/rooms/{room}/commands", { params: { path: { room } }, body })),
  );
}

async function settled(ref: string, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    const known = error instanceof ApiError;
    liveNow()?.asks.fail(ref, known ? error.code : "unknown", known ? error.message : "");
  }
}

const commandsKey = (room: string) => ["room", room, "commands"];

/** How the commands of a room are asked for. */
export const commandsOf = (room: string) => ({
  queryKey: commandsKey(room),
  queryFn: (): Promise<Page<CommandHere>> =>
    answer(api.GET("/api/rooms/{room}/commands", { params: { path: { room } } })),
  staleTime: KNOWN_MS,
});

/** Whether the room knows the command that a text begins with. */
export async function isKnown(room: string, name: string): Promise<boolean> {
  const { items } = await queryClient.fetchQuery(commandsOf(room));
  return items.some((command) => command.name === name);
}

/** Why something that was asked failed, in a sentence. */
export function whyNot(failed: { code: string; message: string }): string {
  const status = failed.code === "offline" ? 0 : 400;
  return sentenceOf(new ApiError(failed.message, { status, code: failed.code }));
}
