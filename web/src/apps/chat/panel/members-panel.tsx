/** The people of a room with what they are here, and for its leaders the ways to change that. */
import {
  Crown,
  Ellipsis,
  MessageCircle,
  ShieldCheck,
  ShieldOff,
  UserMinus,
  UserPlus,
} from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { navigate } from "wouter/use-browser-location";
import type { RoomHead, RoomMember } from "../../../core/api";
import { useMyId, usePresence } from "../../../core/rooms/hooks";
import { Avatar } from "../../../core/ui/Avatar";
import { Mark } from "../../../core/ui/Badge";
import { Button } from "../../../core/ui/Button";
import { ErrorNote } from "../../../core/ui/ErrorNote";
import { IconButton } from "../../../core/ui/IconButton";
import { Menu, MenuItem, MenuLine } from "../../../core/ui/Menu";
import { Skeleton } from "../../../core/ui/Skeleton";
import { SearchField } from "../../../core/ui/TextField";
import { toastError } from "../../../core/ui/Toast";
import { changeRole, openDirect } from "../actions";
import { ask } from "../asking";
import { useMembers } from "../members";
import { mayManage } from "../rules";
import { closePanel } from "../view";
import css from "./panel.module.css";

export function MembersPanel({ head }: { head: RoomHead }) {
  const { t } = useTranslation("chat");
  const [words, setWords] = useState("");
  const asked = useMembers(head.id, useDeferredValue(words.trim()));
  return (
    <div className={css.column}>
      {mayManage(head) && (
        <Button icon={UserPlus} onClick={() => ask({ kind: "add-members", room: head.id })}>
          {t("members.add")}
        </Button>
      )}
      <SearchField label={t("members.find")} value={words} onChange={setWords} />
      {asked.isPending && <Skeleton rows={5} avatars />}
      <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
      <ul className={css.list}>
        {asked.members.map((member) => (
          <One key={member.person} head={head} member={member} />
        ))}
      </ul>
      {asked.hasNextPage && (
        <Button small busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t("panel.more")}
        </Button>
      )}
    </div>
  );
}

function One({ head, member }: { head: RoomHead; member: RoomMember }) {
  const { t } = useTranslation("chat");
  const me = useMyId();
  const presence = usePresence(member.person);
  const { person, name, title, avatar, role, guest } = member;
  return (
    <li className={css.person}>
      <Avatar id={person} name={name} url={avatar} presence={presence} />
      <span className={css.words}>
        <span className={css.name}>
          {name}
          {person === me && <Mark>{t("members.me")}</Mark>}
          {role === "owner" && <Mark tone="accent">{t("members.owner")}</Mark>}
          {role === "admin" && <Mark>{t("members.admin")}</Mark>}
          {guest && <Mark tone="warn">{t("members.guest")}</Mark>}
        </span>
        {title && <span className={css.detail}>{title}</span>}
      </span>
      {person !== me && <MemberMenu head={head} member={member} />}
    </li>
  );
}

function MemberMenu({ head, member }: { head: RoomHead; member: RoomMember }) {
  const { t } = useTranslation("chat");
  const { person, name, role } = member;
  const talk = async () => {
    const direct = await openDirect(head.org, person);
    closePanel();
    navigate(`/chat/${direct.id}`);
  };
  const turn = () => changeRole(head.id, person, role === "admin" ? "member" : "admin");
  const owns = head.role === "owner" && !head.direct;
  return (
    <Menu
      align="end"
      trigger={<IconButton small label={t("members.menu", { name })} icon={Ellipsis} />}
    >
      <MenuItem
        icon={MessageCircle}
        label={t("members.talk")}
        onSelect={() => void talk().catch(toastError)}
      />
      {owns && (
        <>
          <MenuItem
            icon={role === "admin" ? ShieldOff : ShieldCheck}
            label={t(role === "admin" ? "members.unmakeAdmin" : "members.makeAdmin")}
            onSelect={() => void turn().catch(toastError)}
          />
          <MenuItem
            icon={Crown}
            label={t("members.give")}
            onSelect={() => ask({ kind: "give-room", room: head.id, person, name })}
          />
        </>
      )}
      {mayManage(head) && role !== "owner" && (
        <>
          <MenuLine />
          <MenuItem
            danger
            icon={UserMinus}
            label={t("members.remove")}
            onSelect={() => ask({ kind: "remove-member", room: head.id, person, name })}
          />
        </>
      )}
    </Menu>
  );
}
