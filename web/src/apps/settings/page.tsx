/** One section of the settings. */
import { useTranslation } from "react-i18next";
import { useRoute } from "wouter";
import { NotFound } from "../../core/shell/NotFound";
import { PageBody, PageHeader } from "../../core/shell/panes";
import { sections } from "./sections";

export default function Page() {
  const { t } = useTranslation("settings");
  const [, params] = useRoute("/settings/:section?");
  const section = sections.find(({ id }) => id === (params?.section ?? sections[0].id));
  if (!section) return <NotFound />;
  return (
    <>
      <PageHeader title={t(`${section.id}.title`)} back="/settings" />
      <PageBody narrow>
        <section.page />
      </PageBody>
    </>
  );
}
