/** Starts the client: words and look first, then the frame with every app handed in. */
import "./core/tokens.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { apps } from "./apps";
import { markFailedStyles } from "./core/fetched";
import { Shell } from "./core/shell";
import { startLook } from "./core/shell/look";
import { startWords } from "./core/words";

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");

markFailedStyles();
startLook();
await startWords(apps);
createRoot(place).render(
  <StrictMode>
    <Shell apps={apps} />
  </StrictMode>,
);
