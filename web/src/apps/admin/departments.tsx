/** The tree of departments: add, rename, move, delete. */
import { Building2, Ellipsis, FolderInput, PenLine, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Department } from "../../core/api";
import { useDepartments } from "../../core/people/queries";
import { flatten, treeOf, type Branch } from "../../core/people/tree";
import { useOrg } from "../../core/session";
import { Button } from "../../core/ui/Button";
import { Confirm } from "../../core/ui/Confirm";
import { EmptyState } from "../../core/ui/EmptyState";
import { IconButton } from "../../core/ui/IconButton";
import { Menu, MenuItem, MenuLine } from "../../core/ui/Menu";
import { deleteDepartment } from "./actions";
import { DepartmentDialog, MoveDialog } from "./department-dialogs";
import css from "./departments.module.css";
import tools from "./tools.module.css";

type Open = "add" | "rename" | "move" | "delete" | null;

export function Departments() {
  const { t } = useTranslation("admin");
  const departments = useDepartments(useOrg().id);
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look="primary" icon={Plus} onClick={() => setAdding(true)}>
      {t("departments.add")}
    </Button>
  );
  return (
    <>
      {departments.length === 0 ? (
        <EmptyState icon={Building2} text={t("departments.none")} action={add} />
      ) : (
        <>
          <div className={tools.end}>{add}</div>
          <ul className={css.tree}>
            {flatten(treeOf(departments)).map((branch) => (
              <Row key={branch.department.id} branch={branch} />
            ))}
          </ul>
        </>
      )}
      {adding && <DepartmentDialog parent={null} onClose={() => setAdding(false)} />}
    </>
  );
}

function Row({ branch: { department, depth } }: { branch: Branch }) {
  const { t } = useTranslation("admin");
  const [open, setOpen] = useState<Open>(null);
  const { name } = department;
  return (
    <li
      className={css.row}
      style={{ paddingInlineStart: `calc(var(--space-3) + ${depth} * var(--space-5))` }}
    >
      <Building2 className={css.icon} aria-hidden />
      <span className={css.name}>{name}</span>
      <span className={css.count}>{t("departments.count", { count: department.people })}</span>
      <Menu
        align="end"
        trigger={<IconButton label={t("departments.more", { name })} icon={Ellipsis} small />}
      >
        <MenuItem icon={Plus} label={t("departments.add_below")} onSelect={() => setOpen("add")} />
        <MenuItem
          icon={PenLine}
          label={t("departments.rename")}
          onSelect={() => setOpen("rename")}
        />
        <MenuItem
          icon={FolderInput}
          label={t("departments.move")}
          onSelect={() => setOpen("move")}
        />
        <MenuLine />
        <MenuItem
          icon={Trash2}
          label={t("departments.delete")}
          danger
          onSelect={() => setOpen("delete")}
        />
      </Menu>
      <RowDialogs department={department} open={open} onClose={() => setOpen(null)} />
    </li>
  );
}

function RowDialogs({
  department,
  open,
  onClose,
}: {
  department: Department;
  open: Open;
  onClose: () => void;
}) {
  const { t } = useTranslation("admin");
  const org = useOrg().id;
  const { id, name } = department;
  return (
    <>
      {open === "add" && <DepartmentDialog parent={department} onClose={onClose} />}
      {open === "rename" && (
        <DepartmentDialog renaming={department} parent={null} onClose={onClose} />
      )}
      {open === "move" && <MoveDialog department={department} onClose={onClose} />}
      <Confirm
        open={open === "delete"}
        onClose={onClose}
        title={t("departments.delete_title", { name })}
        text={t("departments.delete_text")}
        action={t("departments.delete")}
        danger
        onConfirm={() => deleteDepartment(org, id)}
      />
    </>
  );
}
