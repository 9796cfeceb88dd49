/** A key combination as keycaps, in the words of the reader's machine. */
import { keyNames } from "../keys";
import css from "./Keys.module.css";

export function Keys({ keys }: { keys: string }) {
  return (
    <span className={css.keys}>
      {keyNames(keys).map((name) => (
        <kbd key={name}>{name}</kbd>
      ))}
    </span>
  );
}
