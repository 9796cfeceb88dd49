/** One of the administrator's sections; others see that there is nothing here for them. */
import { useTranslation } from "react-i18next";
import { useRoute } from "wouter";
import { useOrg } from "../../core/session";
import { isAdmin } from "../../core/session/rules";
import { NotFound } from "../../core/shell/NotFound";
import { PageBody, PageHeader } from "../../core/shell/panes";
import { sections } from "./sections";

export default function Page() {
  const { t } = useTranslation("admin");
  const org = useOrg();
  const [, params] = useRoute("/admin/:section?");
  const section = sections.find(({ id }) => id === (params?.section ?? sections[0].id));
  if (!section || !isAdmin(org.role)) return <NotFound />;
  return (
    <>
      <PageHeader title={t(`${section.id}.title`)} detail={org.name} back="/admin" />
      <PageBody>
        <section.page key={org.id} />
      </PageBody>
    </>
  );
}
