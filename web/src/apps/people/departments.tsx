/** The departments to choose from: a tree where there is room, a list on a phone. */
import { Building2, Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Department } from "../../core/api";
import { flatten, pathOf, treeOf } from "../../core/people/tree";
import { Select } from "../../core/ui/Select";
import css from "./departments.module.css";

interface Choice {
  departments: readonly Department[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

const ALL = "all";

export function DepartmentTree({ departments, chosen, onChoose }: Choice) {
  const { t } = useTranslation("people");
  return (
    <nav aria-label={t("departments")}>
      <ul>
        <Row name={t("all")} icon={Users} here={chosen === null} onChoose={() => onChoose(null)} />
        {flatten(treeOf(departments)).map(({ department, depth }) => (
          <Row
            key={department.id}
            name={department.name}
            count={department.people}
            icon={Building2}
            depth={depth}
            here={chosen === department.id}
            onChoose={() => onChoose(department.id)}
          />
        ))}
      </ul>
    </nav>
  );
}

function Row({
  name,
  count,
  icon: Icon,
  depth = 0,
  here,
  onChoose,
}: {
  name: string;
  count?: number;
  icon: typeof Users;
  depth?: number;
  here: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation("people");
  return (
    <li>
      <button
        type="button"
        className={css.row}
        aria-current={here ? "true" : undefined}
        style={{ paddingInlineStart: `calc(var(--space-2) + ${depth} * var(--space-4))` }}
        onClick={onChoose}
      >
        <Icon className={css.icon} aria-hidden />
        <span className={css.name}>{name}</span>
        {count !== undefined && (
          <span className={css.count}>
            <span aria-hidden>{count}</span>
            <span className="visually-hidden">{t("count", { count })}</span>
          </span>
        )}
      </button>
    </li>
  );
}

export function DepartmentChoice({ departments, chosen, onChoose }: Choice) {
  const { t } = useTranslation("people");
  const options = flatten(treeOf(departments)).map(({ department: { id } }) => ({
    value: id,
    label: pathOf(departments, id),
  }));
  return (
    <Select
      label={t("departments")}
      hideLabel
      value={chosen ?? ALL}
      options={[{ value: ALL, label: t("all") }, ...options]}
      onChange={(id) => onChoose(id === ALL ? null : id)}
    />
  );
}
