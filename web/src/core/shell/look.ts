/** Theme, density and language on <html>, kept in this browser so that the next start begins right. */
import { useEffect } from "react";
import type { Person, Settings } from "../api";
import { speak } from "../words";

type Look = Pick<Settings, "theme" | "density">;
const KEPT_LOOK = "narae.look";

function put({ theme, density }: Look): void {
  const { dataset } = document.documentElement;
  dataset.theme = theme;
  dataset.density = density;
}

/** Before anybody is known: what was last chosen here. */
export function startLook(): void {
  const kept = /^(auto|light|dark) (compact|normal|large)$/.exec(
    localStorage.getItem(KEPT_LOOK) ?? "",
  );
  const [, theme = "auto", density = "normal"] = kept ?? [];
  put({ theme, density } as Look);
}

/** Follows the settings of who is signed in. */
export function useLook(person: Person): void {
  const { theme, density } = person.settings;
  useEffect(() => {
    put({ theme, density });
    localStorage.setItem(KEPT_LOOK, `${theme} ${density}`);
  }, [theme, density]);
  useEffect(() => {
    void speak(person.lang);
  }, [person.lang]);
}
