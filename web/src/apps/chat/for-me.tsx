/** Where lines for me alone stand, above the composer; what draws them is fetched when there are any. */
import { Suspense } from "react";
import { late } from "../../core/fetched";
import { useAsksAt } from "../../core/rooms/hooks";

const OnlyMe = late(() => import("./message/only-me"));

export function ForMe({ room, thread }: { room: string; thread: number | null }) {
  const { asks, lines } = useAsksAt(room, thread);
  if (asks.length === 0 && lines.length === 0) return null;
  return (
    <Suspense>
      <OnlyMe asks={asks} lines={lines} />
    </Suspense>
  );
}
