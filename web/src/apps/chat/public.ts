/** What other apps may know of chat: where a room is, and how to open a direct talk. */
import { navigate } from "wouter/use-browser-location";
import { answer, api } from "../../core/api";
import { liveNow } from "../../core/rooms/live";

/** The address of a room, or of one message in it. */
export const roomPath = (room: string, seq?: number): string =>
  seq === undefined ? `/chat/${room}` : `/chat/${room}/${seq}`;

/** Opens the direct talk with a person, beginning it where there is none yet. */
export async function openDirect(org: string, person: string): Promise<void> {
  const body = { person };
  const room = await answer(
    api.POST("/api/orgs/{org}/direct", { params: { path: { org } }, body }),
  );
  liveNow()?.rooms.put(room);
  navigate(roomPath(room.id));
}
