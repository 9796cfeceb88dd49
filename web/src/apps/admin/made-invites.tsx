/** Invitations just made: the one time that their links can be copied. */
import { useTranslation } from "react-i18next";
import type { Invite } from "../../core/api";
import { CopyField } from "../../core/ui/CopyField";
import css from "./made-invites.module.css";

/** An SVG as a picture of its own; one that was made to stand in a page gets its namespace. */
function asImage(svg: string): string {
  const drawn = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  const text = drawn ? new XMLSerializer().serializeToString(drawn) : svg;
  return `data:image/svg+xml,${encodeURIComponent(text)}`;
}

export function MadeInvites({ invites }: { invites: readonly Invite[] }) {
  const { t } = useTranslation("admin");
  const [only] = invites;
  const qr = invites.length === 1 ? only?.qr : null;
  return (
    <div className={css.made}>
      {qr && <img className={css.qr} src={asImage(qr)} alt={t("invites.qr")} />}
      {invites.map(({ id, email, url }) => (
        <div key={id} className={css.one}>
          {email && <span className={css.email}>{email}</span>}
          <CopyField label={t("invites.link_for", { who: email ?? "" })} text={url ?? ""} />
        </div>
      ))}
    </div>
  );
}
