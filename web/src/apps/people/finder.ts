/** People for the palette: choosing one opens the direct talk. */
import i18next from "i18next";
import { answer, api, type Member } from "../../core/api";
import type { Finder, Found } from "../../core/app";
import { meNow } from "../../core/session";
import { toastError } from "../../core/ui/Toast";
import { openDirect } from "../chat/public";

const MOST = 8;

const asFound = (org: string, { id, name, title, avatar }: Member): Found => ({
  id,
  title: name,
  detail: title,
  avatar: { id, name, url: avatar },
  open: () => void openDirect(org, id).catch(toastError),
});

export const peopleFinder: Finder = {
  id: "people",
  title: () => i18next.t("people:title"),
  async find(query, { org, signal }) {
    if (query === "") return [];
    const params = { path: { org }, query: { query, active: true, limit: MOST } };
    const page = await answer(api.GET("/api/orgs/{org}/people", { params, signal }));
    const me = meNow()?.person.id;
    return page.items.filter(({ id }) => id !== me).map((member) => asFound(org, member));
  },
};
