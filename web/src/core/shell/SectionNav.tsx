/** The sidebar of an app that is a list of sections, such as settings. */
import type { LucideIcon } from "lucide-react";
import { ChevronRight } from "lucide-react";
import { Link, useLocation } from "wouter";
import css from "./SectionNav.module.css";

export interface Section {
  path: string;
  title: string;
  icon: LucideIcon;
}

export function SectionNav({ title, sections }: { title: string; sections: readonly Section[] }) {
  const [place] = useLocation();
  return (
    <nav className={css.nav} aria-label={title}>
      <p className={css.title}>{title}</p>
      <ul>
        {sections.map(({ path, title: name, icon: Icon }, index) => (
          <li key={path}>
            <Link
              href={path}
              className={css.row}
              aria-current={place === path ? "page" : undefined}
              data-here={(index === 0 && path.startsWith(`${place}/`)) || undefined}
            >
              <Icon className={css.icon} aria-hidden />
              <span className={css.name}>{name}</span>
              <ChevronRight className={css.arrow} aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
