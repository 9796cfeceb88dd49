/** An address that leads nowhere. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Button } from "../ui/Button";
import { ErrorPage } from "../ui/ErrorPage";
import { useTitle } from "./titles";

export function NotFound() {
  const { t } = useTranslation();
  useTitle(t("missing.title"));
  return (
    <ErrorPage title={t("missing.title")} text={t("missing.text")}>
      <Button look="primary" render={<Link href="/" />}>
        {t("missing.home")}
      </Button>
    </ErrorPage>
  );
}
