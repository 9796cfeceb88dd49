/** The rooms where I may put a robot, by name. */
import type { RoomHead } from "../../core/api";
import { useVersion } from "../../core/rooms/hooks";
import { useLive } from "../../core/rooms/live";
import { useOrg } from "../../core/session";
import { mayHoldRobots } from "./rules";

export function useRoomsToHold(): RoomHead[] {
  const { rooms } = useLive();
  const org = useOrg().id;
  useVersion(rooms);
  return rooms
    .all()
    .filter((head) => mayHoldRobots(head, org))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
