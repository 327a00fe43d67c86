import { defineConfig } from "vite";

// The result is committed and shipped with the Python distribution, which serves it: see docs/explorer.md.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../api/explorer/pages",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    modulePreload: { polyfill: false },
    // A file of its own even where it is small: the policy of the pages allows no inline data but pictures.
    assetsInlineLimit: 0,
    // The licences of what is inside ask to be told.
    license: { fileName: "licences.md" },
  },
  server: { proxy: { "/graphql": "http://127.0.0.1:8000", "/explorer": "http://127.0.0.1:8000" } },
});
