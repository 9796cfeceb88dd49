/** Which layer of the frame itself is open. */
import { create } from "zustand";

export type FrameLayer = "palette" | "help" | "new-org";

export const useFrameLayer = create<{ open: FrameLayer | null }>(() => ({ open: null }));

export const openLayer = (open: FrameLayer): void => useFrameLayer.setState({ open });
export const closeFrameLayer = (): void => useFrameLayer.setState({ open: null });
