/** Who is signed in here, and which of their organisations is on screen. */
import { useQuery } from "@tanstack/react-query";
import { create } from "zustand";
import { answer, api, ApiError, queryClient, type Me, type MyOrg } from "../api";

const ME = ["me"] as const;
const KEPT_ORG = "narae.org";

interface Chosen {
  org: string | null;
}

const useChosen = create<Chosen>(() => ({ org: localStorage.getItem(KEPT_ORG) }));

/** Asks who is signed in; null when nobody is. */
export const meQuery = {
  queryKey: ME,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await answer(api.GET("/api/me"));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
};

/** Takes what the server answered about me; the live socket calls it for `me` frames too. */
export function setMe(me: Me | null): void {
  queryClient.setQueryData(ME, me);
}

export const meNow = (): Me | null => queryClient.getQueryData<Me | null>(ME) ?? null;

/** Me; only for views inside the frame, where somebody is signed in. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error("Nobody is signed in.");
  return data;
}

/** The organisation with this id, else the first one. */
export function orgOf(me: Me, id: string | null): MyOrg | null {
  return me.orgs.find((org) => org.id === id) ?? me.orgs[0] ?? null;
}

/** The organisation on screen; the frame shows no app to people without one. */
export function useOrg(): MyOrg {
  const me = useMe();
  const id = useChosen((state) => state.org);
  const org = orgOf(me, id);
  if (!org) throw new Error("This person is in no organisation.");
  return org;
}

/** The same outside React, for commands and finders. */
export function orgNow(): MyOrg | null {
  const me = meNow();
  return me ? orgOf(me, useChosen.getState().org) : null;
}

/** Turns the screen to another organisation, and keeps the choice in this browser. */
export function chooseOrg(id: string): void {
  localStorage.setItem(KEPT_ORG, id);
  useChosen.setState({ org: id });
}
