import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Where `ncdm serve` runs while a page is being worked on; `npm run dev` passes API calls on to it. */
const API = process.env["NCDM_API"] ?? "http://127.0.0.1:8737";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "../src/ncdm/serve/static",
    emptyOutDir: true,
    target: "es2022",
    // The server's policy allows no inline data as a script or font, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": API } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    testTimeout: 20_000,
    silent: "passed-only",
  },
});
