/** The fields that several doors ask for, and the sentence under the one that is wrong. */
import { useTranslation } from "react-i18next";
import { ApiError } from "../api";
import { TextField } from "../ui/TextField";
import { sentenceOf } from "../words/errors";

export const PASSWORD_MIN = 10;

/** The server's sentence about one field; undefined where it speaks of something else. */
export function fieldError(error: unknown, field: string): string | undefined {
  return error instanceof ApiError && error.field === field ? sentenceOf(error) : undefined;
}

/** The refusal, unless one of these fields shows it. */
export function otherError(error: unknown, fields: readonly string[]): unknown {
  const shown = error instanceof ApiError && fields.includes(error.field ?? "");
  return shown ? null : error;
}

export interface Newcomer {
  name: string;
  email: string;
  password: string;
}

export const NOBODY: Newcomer = { name: "", email: "", password: "" };

export function NewcomerFields({
  value,
  onChange,
  error,
  fixedEmail = false,
}: {
  value: Newcomer;
  onChange: (value: Newcomer) => void;
  error: unknown;
  /** The invitation names the address. */
  fixedEmail?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        label={t("field.name")}
        name="name"
        autoComplete="name"
        required
        value={value.name}
        onChange={(name) => onChange({ ...value, name })}
        error={fieldError(error, "name")}
      />
      <TextField
        label={t("field.email")}
        type="email"
        name="email"
        autoComplete="username"
        required
        readOnly={fixedEmail}
        value={value.email}
        onChange={(email) => onChange({ ...value, email })}
        error={fieldError(error, "email")}
      />
      <TextField
        label={t("field.password")}
        type="password"
        name="password"
        autoComplete="new-password"
        required
        minLength={PASSWORD_MIN}
        hint={t("field.password_hint", { count: PASSWORD_MIN })}
        value={value.password}
        onChange={(password) => onChange({ ...value, password })}
        error={fieldError(error, "password")}
      />
    </>
  );
}
