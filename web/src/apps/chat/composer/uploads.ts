/** Files on their way up, by composer: they go on while another room is looked at, and can be cancelled. */
import { create } from "zustand";
import type { File as StoredFile } from "../../../core/api";

export interface Upload {
  id: number;
  name: string;
  size: number;
  /** 0 to 1. */
  progress: number;
  state: "going" | "done" | "failed";
  file: StoredFile | null;
  /** A picture to show while it goes up. */
  preview: string | null;
  cancel: () => void;
}

type Uploads = Readonly<Record<string, readonly Upload[]>>;

const useUploadStore = create<{ all: Uploads }>(() => ({ all: {} }));
const NONE: readonly Upload[] = [];
let nextId = 1;

export const useUploads = (place: string): readonly Upload[] =>
  useUploadStore((state) => state.all[place] ?? NONE);

export function upload(place: string, room: string, file: File): void {
  const id = nextId++;
  const request = new XMLHttpRequest();
  const item: Upload = {
    id,
    name: file.name,
    size: file.size,
    progress: 0,
    state: "going",
    file: null,
    preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
    cancel: () => request.abort(),
  };
  change(place, (items) => [...items, item]);
  const failed = () => update(place, id, { state: "failed" });
  request.upload.addEventListener("progress", (event) =>
    update(place, id, { progress: event.loaded / Math.max(1, event.total) }),
  );
  request.addEventListener("error", failed);
  request.addEventListener("load", () => {
    if (request.status < 200 || request.status >= 300) return failed();
    update(place, id, { state: "done", progress: 1, file: JSON.parse(request.responseText) });
  });
  request.open("POST", `/api/rooms/${room}/files?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
  request.send(file);
}

export function removeUpload(place: string, id: number): void {
  change(place, (items) => {
    const gone = items.find((item) => item.id === id);
    gone?.cancel();
    if (gone?.preview) URL.revokeObjectURL(gone.preview);
    return items.filter((item) => item.id !== id);
  });
}

/** After sending: the previews are no longer needed. */
export function clearUploads(place: string): void {
  change(place, (items) => {
    for (const item of items) if (item.preview) URL.revokeObjectURL(item.preview);
    return [];
  });
}

function update(place: string, id: number, fields: Partial<Upload>): void {
  change(place, (items) =>
    items.map((item) => (item.id === id ? Object.assign({}, item, fields) : item)),
  );
}

function change(place: string, next: (items: readonly Upload[]) => readonly Upload[]): void {
  useUploadStore.setState(({ all }) => ({ all: { ...all, [place]: next(all[place] ?? []) } }));
}
