/** The one live state of this page, started when first asked for and ended with the sign-in. */
import { create } from "zustand";
import { queryClient, type Me } from "../api";
import { wallClock } from "../live/clock";
import { browserTransport } from "../live/transport";
import { meNow, setMe } from "../session";
import { serverApi } from "./api";
import { LiveState } from "./state";

const useStarted = create<{ live: LiveState | null }>(() => ({ live: null }));

/** The live state of who is signed in; null when nobody is. */
export function liveNow(): LiveState | null {
  const me = meNow();
  const { live } = useStarted.getState();
  if (me && live?.me.person.id === me.person.id) return live;
  return me ? start(me) : null;
}

/** The live state; only for views inside the frame, where somebody is signed in. */
export function useLive(): LiveState {
  const live = useStarted((state) => state.live) ?? liveNow();
  if (!live) throw new Error("Nobody is signed in.");
  return live;
}

function start(me: Me): LiveState {
  useStarted.getState().live?.socket.stop();
  const live = new LiveState({
    me,
    api: serverApi,
    transport: browserTransport,
    clock: wallClock,
    shelf: localStorage,
    nonce: () => crypto.randomUUID(),
    onMe: setMe,
    onSignedOut: () => setMe(null),
    onStale: (_, org) => void queryClient.invalidateQueries({ queryKey: ["org", org] }),
  });
  useStarted.setState({ live });
  followBrowser(live);
  live.socket.setReachable(navigator.onLine);
  live.socket.start();
  return live;
}

/** Ties the state to the network, to other tabs, to the page being looked at, and to the sign-in. */
function followBrowser(live: LiveState): void {
  const off = new AbortController();
  const { signal } = off;
  addEventListener("online", () => live.socket.setReachable(true), { signal });
  addEventListener("offline", () => live.socket.setReachable(false), { signal });
  addEventListener(
    "storage",
    (event) => event.newValue === null && event.key && live.outbox.forgotten(event.key),
    { signal },
  );
  const looked = () => {
    const hidden = document.visibilityState === "hidden";
    live.socket.post({ t: "away", on: hidden });
    if (!hidden) live.socket.hurry();
  };
  document.addEventListener("visibilitychange", looked, { signal });
  const stopWatching = queryClient.getQueryCache().subscribe(() => {
    if (meNow()?.person.id === live.me.person.id) return;
    stopWatching();
    off.abort();
    live.socket.stop();
    if (useStarted.getState().live === live) useStarted.setState({ live: null });
  });
}
