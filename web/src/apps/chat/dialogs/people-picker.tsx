/** Choosing people of the organisation by a few letters; those chosen stand above as small marks. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api, type Member } from "../../../core/api";
import { useMyId } from "../../../core/rooms/hooks";
import { useOrg } from "../../../core/session";
import { Avatar } from "../../../core/ui/Avatar";
import { SearchField } from "../../../core/ui/TextField";
import { AskedList } from "../finds/asked-list";
import css from "./people-picker.module.css";

interface Props {
  chosen: readonly Member[];
  onToggle: (member: Member) => void;
  /** People who cannot be chosen because they are there already. */
  without?: ReadonlySet<string>;
}

export function PeoplePicker({ chosen, onToggle, without }: Props) {
  const { t } = useTranslation("chat");
  const me = useMyId();
  const [words, setWords] = useState("");
  const asked = usePeople(useDeferredValue(words.trim()));
  const ids = new Set(chosen.map((member) => member.id));
  return (
    <div className={css.picker}>
      {chosen.length > 0 && (
        <ul className={css.chosen}>
          {chosen.map((member) => (
            <li key={member.id}>
              <button
                type="button"
                className={css.chip}
                aria-label={t("new.remove", { name: member.name })}
                onClick={() => onToggle(member)}
              >
                {member.name}
                <X className={css.icon} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <SearchField label={t("new.find")} value={words} onChange={setWords} />
      <div className={css.people}>
        <AskedList asked={asked} empty={<p className={css.none}>{t("new.noPeople")}</p>}>
          {(member) =>
            member.id === me || without?.has(member.id) ? null : (
              <PersonRow
                key={member.id}
                member={member}
                chosen={ids.has(member.id)}
                onPick={() => onToggle(member)}
              />
            )
          }
        </AskedList>
      </div>
    </div>
  );
}

interface RowProps {
  member: Member;
  chosen: boolean;
  onPick: () => void;
}

export function PersonRow({ member, chosen, onPick }: RowProps) {
  return (
    <button type="button" className={css.person} aria-pressed={chosen} onClick={onPick}>
      <Avatar id={member.id} name={member.name} url={member.avatar} size="small" />
      <span className={css.name}>{member.name}</span>
      <span className={css.title}>{member.title}</span>
      {chosen && <Check className={css.icon} aria-hidden />}
    </button>
  );
}

export function usePeople(query: string) {
  const org = useOrg().id;
  return useInfiniteQuery({
    queryKey: ["org", org, "people", "pick", query],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/orgs/{org}/people", {
          params: {
            path: { org },
            query: {
              active: true,
              ...(query ? { query } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}
