/** Builds the client into the server's static folder, and tests it without a browser. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.NARAE_SERVER ?? "http://127.0.0.1:8000";
const proxy = {
  "/api": server,
  "/files": server,
  "/live": { target: server, ws: true },
};

/**
 * The order of the layers, said again at the head of every style sheet: chunks may load in any
 * order, and the first sheet to name a layer fixes its place.
 */
const layerOrder = {
  postcssPlugin: "layer-order",
  Once(sheet: { prepend: (css: string) => void }) {
    sheet.prepend("@layer reset, tokens, base, components;");
  },
};

const chatShared =
  /apps\/chat\/(actions|format|view|rules|members|finds\/queries|emoji\/button|message\/recalled)\.ts/;
/**
 * What is needed together comes in one file instead of dozens: other people's code and our own for every view, the
 * list of rooms, what all parts of the chat share, and the layers that are fetched when the page rests.
 */
const together = [
  { name: "parts", tags: ["$initial" as const], test: /node_modules/, priority: 2 },
  { name: "core", tags: ["$initial" as const], priority: 1 },
  { name: "rooms", test: /apps\/chat\/(page|sidebar\/sidebar)\.tsx/ },
  { name: "chat", test: chatShared },
  { name: "layers", test: /core\/ui\/(MenuParts|PopoverParts|DialogParts|TooltipLayer)/ },
];

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../narae/static",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: together } } },
  },
  css: { postcss: { plugins: [layerOrder] } },
  server: { proxy },
  preview: { proxy },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
  },
});
