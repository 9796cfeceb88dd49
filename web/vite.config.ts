/** Builds the client into the server's static folder, and tests it without a browser. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.NARAE_SERVER ?? "http://127.0.0.1:8000";
const proxy = {
  "/api": server,
  "/files": server,
  "/live": { target: server, ws: true },
};

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../narae/static",
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
  },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  server: { proxy },
  preview: { proxy },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
  },
});
