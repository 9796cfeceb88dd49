/** Which question is on screen: menus close when clicked, so what they ask stands beside them. */
import { create } from "zustand";
import type { Message } from "../../core/api";

export type Question =
  | { kind: "recall"; message: Message }
  | { kind: "readers"; message: Message }
  | { kind: "leave"; room: string }
  | { kind: "archive"; room: string }
  | { kind: "new-room"; name?: string }
  | { kind: "join-room" }
  | { kind: "new-direct" }
  | { kind: "add-members"; room: string }
  | { kind: "give-room"; room: string; person: string; name: string }
  | { kind: "remove-member"; room: string; person: string; name: string };

export const useAsked = create<{ question: Question | null }>(() => ({ question: null }));

export const ask = (question: Question): void => useAsked.setState({ question });
export const asked = (): void => useAsked.setState({ question: null });
