/** The list of the administrator's sections. */
import { useTranslation } from "react-i18next";
import { SectionNav } from "../../core/shell/SectionNav";
import { sections } from "./sections";

export default function Sidebar() {
  const { t } = useTranslation("admin");
  const rows = sections.map(({ id, icon }) => ({
    path: `/admin/${id}`,
    title: t(`${id}.title`),
    icon,
  }));
  return <SectionNav title={t("title")} sections={rows} />;
}
