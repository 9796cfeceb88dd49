/** The right panel of a room, by its kind; what it shows is fetched when first opened. */
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { Panel } from "../../../core/shell/panes";
import { closePanel, type Panel as PanelState, type PanelKind } from "../view";
import { FilesPanel } from "./files-panel";
import { MembersPanel } from "./members-panel";
import { PinsPanel } from "./pins-panel";
import { SearchPanel } from "./search-panel";
import { SettingsPanel } from "./settings-panel";
import { ThreadPanel } from "./thread-panel";

const TITLES = {
  thread: "panel.thread",
  members: "room.people",
  pins: "room.pins",
  files: "room.files",
  search: "panel.search",
  settings: "room.settings",
} as const;

const PARTS: Record<Exclude<PanelKind, "thread">, ComponentType<{ head: RoomHead }>> = {
  members: MembersPanel,
  pins: PinsPanel,
  files: FilesPanel,
  search: SearchPanel,
  settings: SettingsPanel,
};

export default function RoomPanel({ head, panel }: { head: RoomHead; panel: PanelState }) {
  const { t } = useTranslation("chat");
  return (
    <Panel key={panel.kind} title={t(TITLES[panel.kind])} onClose={closePanel}>
      <Inside head={head} panel={panel} />
    </Panel>
  );
}

function Inside({ head, panel }: { head: RoomHead; panel: PanelState }) {
  if (panel.kind === "thread") {
    return panel.root === null ? null : (
      <ThreadPanel key={panel.root} head={head} root={panel.root} />
    );
  }
  const Part = PARTS[panel.kind];
  return <Part head={head} />;
}
