import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** What a stop check needs, so that it starts without network; and what the explorer is called once it is installed. */
function installed(): Plugin {
  return {
    name: "installed",
    transformIndexHtml: () => [{ tag: "link", attrs: { rel: "manifest", href: "/manifest.webmanifest" }, injectTo: "head" }],
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const wanted = new Set<string>();
        const take = (name: string): void => {
          const file = bundle[name];
          if (wanted.has(name) || !file) return;
          wanted.add(name);
          if (file.type === "chunk") file.imports.forEach(take);
        };
        for (const [name, file] of Object.entries(bundle)) {
          const starts = file.type === "chunk" && (file.isEntry || file.facadeModuleId?.endsWith("/page/stop.tsx"));
          if (starts || /\.(css|svg)$/.test(name)) take(name);
        }
        const files = [...wanted].filter((name) => name.startsWith("assets/")).sort().map((name) => `/${name}`);
        const template = readFileSync(new URL("src/worker.js", import.meta.url), "utf-8");
        const digest = createHash("sha256").update(template + files.join()).digest("hex").slice(0, 16);
        const source = template.replace("__FILES__", JSON.stringify(files)).replace("__DIGEST__", digest);
        this.emitFile({ type: "asset", fileName: "worker.js", source });
        const icon = files.find((name) => name.endsWith(".svg"));
        const manifest = {
          name: "polegraph", short_name: "polegraph", start_url: "/#/stop", scope: "/", display: "standalone",
          background_color: "#f3f4f5", theme_color: "#12263f",
          icons: [{ src: icon, sizes: "any", type: "image/svg+xml", purpose: "any" }],
        };
        this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source: `${JSON.stringify(manifest)}\n` });
      },
    },
  };
}

// The result is committed and shipped with the Python distribution, which serves it: see docs/explorer.md.
export default defineConfig({
  publicDir: false,
  plugins: [installed()],
  build: {
    outDir: "../api/explorer/pages",
    emptyOutDir: true,
    target: "es2022",
    // Each colour is said once, in light and in dark (light-dark), as browsers of 2024 know it.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    sourcemap: false,
    modulePreload: { polyfill: false },
    // A file of its own even where it is small: the policy of the pages allows no inline data but pictures.
    assetsInlineLimit: 0,
    // The licences of what is inside ask to be told.
    license: { fileName: "licences.md" },
  },
  worker: { format: "es" },
  server: { proxy: Object.fromEntries(["/graphql", "/explorer", "/sign-in", "/shown"].map((place) => [place, "http://127.0.0.1:8000"])) },
});
