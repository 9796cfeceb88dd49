/** One person in the right panel: who they are, what they do, and a way to write to them. */
import { useMutation } from "@tanstack/react-query";
import { MessageCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../core/api";
import { useDepartments, usePerson } from "../../core/people/queries";
import { pathOf } from "../../core/people/tree";
import { usePresence } from "../../core/rooms/hooks";
import { useMe, useOrg } from "../../core/session";
import { Panel } from "../../core/shell/panes";
import { Avatar } from "../../core/ui/Avatar";
import { Button } from "../../core/ui/Button";
import { ErrorNote } from "../../core/ui/ErrorNote";
import { Skeleton } from "../../core/ui/Skeleton";
import { openDirect } from "../chat/public";
import { Marks } from "./person-row";
import css from "./person-card.module.css";

export function PersonCard({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("people");
  const org = useOrg().id;
  const { data: member, error, refetch } = usePerson(org, id);
  return (
    <Panel title={t("card")} onClose={onClose}>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!member && !error && <Skeleton rows={4} />}
      {member && <Card member={member} />}
    </Panel>
  );
}

function Card({ member }: { member: Member }) {
  const { t } = useTranslation(["people", "core"]);
  const org = useOrg().id;
  const me = useMe().person.id;
  const presence = usePresence(member.active ? member.id : null);
  const writing = useMutation({ mutationFn: () => openDirect(org, member.id) });
  return (
    <div className={css.card}>
      <Avatar id={member.id} name={member.name} url={member.avatar} size="large" />
      <div>
        <p className={css.name}>
          {member.name} <Marks member={member} />
        </p>
        <p className={css.state}>
          {t(member.active ? `presence.${presence ?? "off"}` : "inactive")}
        </p>
      </div>
      {member.id !== me && member.active && (
        <Button
          look="primary"
          icon={MessageCircle}
          wide
          busy={writing.isPending}
          onClick={() => writing.mutate()}
        >
          {t("write")}
        </Button>
      )}
      <ErrorNote error={writing.error} />
      <Facts member={member} />
    </div>
  );
}

function Facts({ member }: { member: Member }) {
  const { t } = useTranslation(["people", "core"]);
  const departments = useDepartments(useOrg().id);
  return (
    <dl className={css.facts}>
      {member.title && (
        <div>
          <dt>{t("job")}</dt>
          <dd>{member.title}</dd>
        </div>
      )}
      {member.departments.length > 0 && (
        <div>
          <dt>{t("departments")}</dt>
          {member.departments.map((id) => (
            <dd key={id}>{pathOf(departments, id)}</dd>
          ))}
        </div>
      )}
      {member.email && (
        <div>
          <dt>{t("core:field.email")}</dt>
          <dd>
            <a href={`mailto:${member.email}`}>{member.email}</a>
          </dd>
        </div>
      )}
    </dl>
  );
}
