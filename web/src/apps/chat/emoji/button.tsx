/** A button that opens the emoji picker, whose data come only then. */
import { SmilePlus } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { late } from "../../../core/fetched";
import { IconButton } from "../../../core/ui/IconButton";
import { Popover } from "../../../core/ui/Popover";
import { Spinner } from "../../../core/ui/Spinner";

const Picker = late(() => import("./picker"));

interface Props {
  label: string;
  onPick: (emoji: string) => void;
  small?: boolean;
  align?: "start" | "end";
  keys?: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export function EmojiButton(props: Props) {
  const { label, onPick, small = false, align = "end", keys, open, onOpenChange } = props;
  const { t } = useTranslation("chat");
  const [own, setOwn] = useState(false);
  const shown = open ?? own;
  const change = onOpenChange ?? setOwn;
  const pick = (emoji: string) => {
    change(false);
    onPick(emoji);
  };
  return (
    <Popover
      label={t("emoji.title")}
      side="top"
      align={align}
      open={shown}
      onOpenChange={change}
      trigger={
        <IconButton label={label} icon={SmilePlus} small={small} {...(keys ? { keys } : {})} />
      }
    >
      <Suspense fallback={<Spinner small />}>
        <Picker onPick={pick} />
      </Suspense>
    </Popover>
  );
}
