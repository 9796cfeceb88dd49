/** The head of a room: name, topic and people, and the buttons that open its panels and menu. */
import {
  Archive,
  BellOff,
  BellRing,
  Ellipsis,
  FolderOpen,
  Link2,
  LogOut,
  MessageCircle,
  Pin,
  Search,
  Settings2,
  Star,
  StarOff,
  UsersRound,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RoomHead } from "../../../core/api";
import { usePerson, usePresence } from "../../../core/rooms/hooks";
import { PageHeader } from "../../../core/shell/panes";
import { usePhone } from "../../../core/shell/phone";
import { IconButton } from "../../../core/ui/IconButton";
import { Menu, MenuItem, MenuLine } from "../../../core/ui/Menu";
import { toast, toastError } from "../../../core/ui/Toast";
import { changeMine } from "../actions";
import { ask } from "../asking";
import { mayManage } from "../rules";
import { togglePanel, useView, type PanelKind } from "../view";

export function RoomHeader({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const phone = usePhone();
  const open = useView((view) => (view.panel?.room === head.id ? view.panel.kind : null));
  const button = (kind: PanelKind, label: string, icon: typeof Pin) => (
    <IconButton
      label={label}
      icon={icon}
      pressed={open === kind}
      onClick={() => togglePanel(head.id, kind)}
    />
  );
  return (
    <PageHeader title={head.name} detail={<Detail head={head} />} back="/chat">
      {button("search", t("room.search"), Search)}
      {!phone && button("pins", t("room.pins"), Pin)}
      {!phone && button("files", t("room.files"), FolderOpen)}
      {!head.direct && !phone && button("members", t("room.people"), UsersRound)}
      <Menu align="end" trigger={<IconButton label={t("room.more")} icon={Ellipsis} />}>
        {phone && <PanelItems head={head} />}
        <MineItems head={head} />
        <RoomItems head={head} />
      </Menu>
    </PageHeader>
  );
}

function Detail({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const presence = usePresence(head.other);
  const other = usePerson(head.other);
  if (head.direct) {
    const state = presence && t(`presence.${presence}`);
    return [other?.title, state].filter(Boolean).join(" · ");
  }
  const members = t("room.members", { count: head.member_count });
  const kind = t(head.is_public ? "room.public" : "room.private");
  return [members, head.topic || kind].join(" · ");
}

/** On a phone the panels are in the menu. */
function PanelItems({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const open = (kind: PanelKind) => () => togglePanel(head.id, kind);
  return (
    <>
      {!head.direct && (
        <MenuItem icon={UsersRound} label={t("room.people")} onSelect={open("members")} />
      )}
      <MenuItem icon={Pin} label={t("room.pins")} onSelect={open("pins")} />
      <MenuItem icon={FolderOpen} label={t("room.files")} onSelect={open("files")} />
      <MenuLine />
    </>
  );
}

function MineItems({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const change = (mine: { muted?: boolean; starred?: boolean }) =>
    void changeMine(head.id, mine).catch(toastError);
  return (
    <>
      <MenuItem
        icon={head.starred ? StarOff : Star}
        label={t(head.starred ? "room.unstar" : "room.star")}
        onSelect={() => change({ starred: !head.starred })}
      />
      <MenuItem
        icon={head.muted ? BellRing : BellOff}
        label={t(head.muted ? "room.unmute" : "room.mute")}
        onSelect={() => change({ muted: !head.muted })}
      />
    </>
  );
}

function RoomItems({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const copy = () =>
    void navigator.clipboard
      .writeText(`${location.origin}/chat/${head.id}`)
      .then(() => toast(t("message.copied")), toastError);
  return (
    <>
      <MenuItem icon={Link2} label={t("room.link")} onSelect={copy} />
      {!head.direct && (
        <>
          <MenuLine />
          <MenuItem
            icon={mayManage(head) ? Settings2 : MessageCircle}
            label={t("room.settings")}
            onSelect={() => togglePanel(head.id, "settings")}
          />
          {mayManage(head) && (
            <MenuItem
              icon={Archive}
              label={t(head.archived ? "room.unarchive" : "room.archive")}
              onSelect={() => ask({ kind: "archive", room: head.id })}
            />
          )}
          <MenuItem
            danger
            icon={LogOut}
            label={t("room.leave")}
            onSelect={() => ask({ kind: "leave", room: head.id })}
          />
        </>
      )}
    </>
  );
}
