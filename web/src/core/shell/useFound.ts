/** What the palette shows for a few letters: each app's finders beside the commands. */
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ClientApp, Found } from "../app";
import { actionOf, useCommands, type Command } from "../commands";
import { bestFits } from "../match";
import { useOrg } from "../session";

export interface PaletteRow extends Found {
  keys?: string | undefined;
}

export interface FoundGroup {
  id: string;
  title: string;
  items: PaletteRow[];
}

const MOST_COMMANDS = 8;
const SOON_MS = 5_000;

function asRow(command: Command, open: () => void): PaletteRow {
  const { id, icon, keys } = command;
  return { id, title: command.title(), open, keys, ...(icon && { icon }) };
}

/** Commands that can be used now and fit what was typed. */
export function fittingCommands(
  query: string,
  { table, offered } = useCommands.getState(),
): PaletteRow[] {
  const rows = table.flatMap((command) => {
    const action = command.palette === false ? null : actionOf(command, offered);
    return action ? [asRow(command, action)] : [];
  });
  return bestFits(query, rows, (row) => row.title).slice(0, MOST_COMMANDS);
}

export function useFound(apps: readonly ClientApp[], typed: string): FoundGroup[] {
  const { t } = useTranslation();
  const query = useDeferredValue(typed.trim());
  const org = useOrg().id;
  const finders = useMemo(() => apps.flatMap((app) => app.finders ?? []), [apps]);
  const answers = useQueries({
    queries: finders.map((finder) => ({
      queryKey: ["org", org, "palette", finder.id, query],
      queryFn: ({ signal }: { signal: AbortSignal }) => finder.find(query, { org, signal }),
      staleTime: SOON_MS,
      placeholderData: keepPreviousData,
      retry: false,
    })),
    combine: (results) => results.map((result) => result.data ?? []),
  });
  const commands = { id: "commands", title: t("palette.commands"), items: fittingCommands(query) };
  const found = finders.map((finder, place) => ({
    id: finder.id,
    title: finder.title(),
    items: answers[place] ?? [],
  }));
  return [...found, commands].filter((group) => group.items.length > 0);
}
