/** Rail, sidebar, page and panel around the app on screen; on a phone one pane at a time. */
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { ClientApp } from "../app";
import { late } from "../fetched";
import { useLive } from "../rooms/live";
import { useMe, useOrg } from "../session";
import { useKept } from "../ui/onDemand";
import { Skeleton } from "../ui/Skeleton";
import { loadRest } from "../words";
import { AtRest, palette } from "./AtRest";
import { Boundary } from "./Boundary";
import { useLook } from "./look";
import { NotFound } from "./NotFound";
import { OfflineBar } from "./OfflineBar";
import { closeFrameLayer, useFrameLayer } from "./openness";
import { usePanes } from "./panes";
import { isIn, Rail } from "./Rail";
import { useKeys } from "./useKeys";
import css from "./Frame.module.css";

const KeyHelp = late(() => import("./KeyHelp"));
const NewOrg = late(() => import("./NewOrg"));

type Pane = "sidebar" | "page" | "panel";

/** The one pane that a phone shows. */
export function paneOf(app: ClientApp | undefined, place: string, panels: number): Pane {
  if (panels > 0) return "panel";
  return app?.sidebar && place.replace(/\/$/, "") === app.path ? "sidebar" : "page";
}

export function Frame({ apps }: { apps: readonly ClientApp[] }) {
  const { t } = useTranslation();
  const [place] = useLocation();
  const panels = usePanes((panes) => panes.panels);
  const { person } = useMe();
  useLive();
  useLook(person);
  useKeys();
  const org = useOrg();
  const app = apps.find((one) => isIn(one, place) && (one.may?.(org) ?? true));
  const Sidebar = app?.sidebar;
  const Page = app?.page ?? NotFound;
  return (
    <div
      className={css.frame}
      data-pane={paneOf(app, place, panels)}
      data-deep={Sidebar && place.replace(/\/$/, "") !== app?.path ? true : undefined}
    >
      <a className={css.skip} href="#page">
        {t("frame.skip")}
      </a>
      <div className={css.bar}>
        <OfflineBar />
      </div>
      <Rail apps={apps} />
      {Sidebar && (
        <aside className={css.sidebar} aria-label={t("frame.sidebar")}>
          <Boundary>
            <Suspense fallback={<Skeleton rows={8} />}>
              <Sidebar />
            </Suspense>
          </Boundary>
        </aside>
      )}
      <main id="page" className={css.page} tabIndex={-1}>
        <Boundary>
          <Suspense fallback={<Skeleton rows={6} avatars />}>
            <Page />
          </Suspense>
        </Boundary>
      </main>
      <aside
        className={css.panel}
        aria-label={t("frame.panel")}
        hidden={panels === 0}
        ref={setPlace}
      />
      <Layers apps={apps} />
      <AtRest />
    </div>
  );
}

const setPlace = (place: HTMLElement | null): void => usePanes.setState({ place });

/** The frame's own dialogs, fetched when first opened. */
function Layers({ apps }: { apps: readonly ClientApp[] }) {
  const open = useFrameLayer((layer) => layer.open);
  const worded = useAllWords(apps, open === "palette" || open === "help");
  const Palette = useKept(palette, open === "palette")?.default;
  return (
    <Suspense>
      {Palette && worded && <Palette apps={apps} onClose={closeFrameLayer} />}
      {open === "help" && worded && <KeyHelp onClose={closeFrameLayer} />}
      {open === "new-org" && <NewOrg onClose={closeFrameLayer} />}
    </Suspense>
  );
}

/** Whether the words of every app are here, asking for them once they are wanted. */
function useAllWords(apps: readonly ClientApp[], wanted: boolean): boolean {
  const [here, setHere] = useState(false);
  useEffect(() => {
    if (wanted) void loadRest(apps).then(() => setHere(true));
  }, [apps, wanted]);
  return here;
}
