/** Goes anywhere from the keyboard: rooms, people and commands, found by a few letters. */
import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClientApp, Found } from "../app";
import { Avatar } from "../ui/Avatar";
import { Keys } from "../ui/Keys";
import { useFound, type FoundGroup, type PaletteRow } from "./useFound";
import css from "./Palette.module.css";

export default function Palette({
  apps,
  onClose,
}: {
  apps: readonly ClientApp[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const groups = useFound(apps, query);
  const choose = (row: PaletteRow) => {
    onClose();
    row.open();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.scrim} />
        <Dialog.Popup className={css.palette} aria-label={t("command.palette")}>
          <Autocomplete.Root
            items={groups}
            open
            inline
            mode="none"
            autoHighlight="always"
            keepHighlight
            value={query}
            onValueChange={(next, about) => about.reason !== "item-press" && setQuery(next)}
            itemToStringValue={(row: PaletteRow) => row.title}
          >
            <div className={css.box}>
              <Search className={css.icon} aria-hidden />
              <Autocomplete.Input
                className={css.input}
                placeholder={t("palette.ask")}
                aria-label={t("palette.ask")}
                autoFocus
                // Base UI tells no value while a syllable is being composed; finding goes on meanwhile.
                onInput={(event) => setQuery(event.currentTarget.value)}
              />
            </div>
            <Autocomplete.Empty className={css.empty}>
              {query !== "" && t("palette.nothing", { query })}
            </Autocomplete.Empty>
            <Groups onChoose={choose} />
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Groups({ onChoose }: { onChoose: (row: PaletteRow) => void }) {
  return (
    <Autocomplete.List className={css.list}>
      {(group: FoundGroup) => (
        <Autocomplete.Group key={group.id} items={group.items}>
          <Autocomplete.GroupLabel className={css.heading}>{group.title}</Autocomplete.GroupLabel>
          <Autocomplete.Collection>
            {(row: PaletteRow) => (
              <Autocomplete.Item
                key={row.id}
                value={row}
                className={css.row}
                onClick={() => onChoose(row)}
              >
                <Row row={row} />
              </Autocomplete.Item>
            )}
          </Autocomplete.Collection>
        </Autocomplete.Group>
      )}
    </Autocomplete.List>
  );
}

function Row({ row }: { row: PaletteRow }) {
  return (
    <>
      <Sign row={row} />
      <span className={css.title}>{row.title}</span>
      {row.detail && <span className={css.detail}>{row.detail}</span>}
      {row.keys && (
        <span className={css.keys}>
          <Keys keys={row.keys} />
        </span>
      )}
    </>
  );
}

function Sign({ row: { avatar, icon: Icon } }: { row: Found }) {
  if (avatar) return <Avatar id={avatar.id} name={avatar.name} url={avatar.url} size="small" />;
  return <span className={css.sign}>{Icon && <Icon className={css.icon} aria-hidden />}</span>;
}
