/** What happens when somebody has come in, by whichever door. */
import { queryClient, type Me } from "../api";
import { setMe } from "../session";

/** Forgets what an earlier person asked for and takes on who came. */
export function arrive(me: Me): void {
  queryClient.clear();
  setMe(me);
}

/** The secret after "#" in a link; it never reaches the server's log. */
export const tokenOf = (hash: string): string => decodeURIComponent(hash.replace(/^#/, ""));

/** The token of this page, taken out of the address bar so that it is not copied along by accident. */
export function takeToken(): string {
  const token = tokenOf(location.hash);
  if (token !== "") history.replaceState(history.state, "", location.pathname);
  return token;
}
