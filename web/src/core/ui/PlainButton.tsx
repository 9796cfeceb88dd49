/**
 * What every button is underneath: a <button>, or another element that looks like one.
 *
 * HTML's own button does all that is wanted and costs the first view nothing, so it is not a part
 * of the component library.
 */
import { cloneElement, type ComponentProps, type ReactElement, type Ref } from "react";

export interface PlainButtonProps extends ComponentProps<"button"> {
  /** Another element in the button's clothes, for example a link. */
  render?: ReactElement | undefined;
  ref?: Ref<HTMLButtonElement>;
}

export function PlainButton({ render, ...rest }: PlainButtonProps) {
  if (render) return cloneElement(render, rest);
  return <button type="button" {...rest} />;
}
