/** Takes files into a composer, within the limits, with a sentence where one is too much. */
import i18next from "i18next";
import { toast } from "../../../core/ui/Toast";
import { FILE_BYTES, FILES_LIMIT } from "../rules";
import { placeOf } from "../view";
import { upload } from "./uploads";

export function attach(
  room: string,
  thread: number | null,
  files: Iterable<File>,
  already: number,
): void {
  const all = [...files];
  const free = Math.max(0, FILES_LIMIT - already);
  if (all.length > free) toast(i18next.t("chat:compose.tooMany", { count: FILES_LIMIT }));
  for (const file of all.slice(0, free)) {
    if (file.size > FILE_BYTES) toast(i18next.t("chat:compose.tooBig", { name: file.name }));
    else upload(placeOf(room, thread), room, file);
  }
}
