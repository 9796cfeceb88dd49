/** Every key of the client, by what it is for; read from the one table of commands. */
import { useTranslation } from "react-i18next";
import { useCommands, type CommandGroup } from "../commands";
import { Dialog } from "../ui/Dialog";
import { Keys } from "../ui/Keys";
import css from "./KeyHelp.module.css";

const GROUPS: readonly CommandGroup[] = ["go", "write", "view", "manage"];

export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const rows = useCommands((commands) => commands.table).filter((row) => row.keys);
  const groups = GROUPS.filter((group) => rows.some((row) => row.group === group));
  return (
    <Dialog open onClose={onClose} title={t("command.help")} wide>
      <div className={css.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3 className={css.heading}>{t(`group.${group}`)}</h3>
            <dl>
              {rows
                .filter((row) => row.group === group)
                .map((row) => (
                  <div key={row.id} className={css.row}>
                    <dt>{row.title()}</dt>
                    <dd>
                      <Keys keys={row.keys ?? ""} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
