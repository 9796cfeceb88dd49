/** The sections of the settings, in their order; the first one shows at /settings. */
import { KeyRound, Laptop, LockKeyhole, Moon, Palette, UserRound } from "lucide-react";
import type { ComponentType } from "react";
import { Devices } from "./devices";
import { Look } from "./look";
import { Password } from "./password";
import { Profile } from "./profile";
import { Quiet } from "./quiet";
import { Tokens } from "./tokens";

export const sections = [
  { id: "profile", icon: UserRound, page: Profile },
  { id: "look", icon: Palette, page: Look },
  { id: "quiet", icon: Moon, page: Quiet },
  { id: "password", icon: LockKeyhole, page: Password },
  { id: "devices", icon: Laptop, page: Devices },
  { id: "tokens", icon: KeyRound, page: Tokens },
] as const satisfies readonly { id: string; icon: unknown; page: ComponentType }[];
