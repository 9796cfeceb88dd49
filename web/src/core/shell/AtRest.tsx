/** What is fetched only once the first view stands and the browser rests. */
import { Suspense, useEffect, useState, type ReactNode } from "react";

const SOON_MS = 1500;

export function AtRest({ children }: { children: ReactNode }) {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), SOON_MS);
    return () => clearTimeout(timer);
  }, []);
  return rested && <Suspense>{children}</Suspense>;
}
