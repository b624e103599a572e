// Builds what the pages load: one style sheet, one script and the fonts, each named by its content.
//
// Output, in static/traza/build/: main-<hash>.css, frame-<hash>.js, sans-<hash>.woff2,
// serif-<hash>.woff2, fonts/*.ttf (for charts drawn as images) and manifest.json, which gives the
// hashed name of each logical one. The same sources always give the same bytes.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import * as esbuild from "esbuild";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "static/traza/build");
const find = createRequire(import.meta.url).resolve;

const FONTS = {
  sans: "@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2",
  serif: "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
};
// Static cuts for the programme that paints charts as PNG, which reads no WOFF2.
const IMAGE_FONTS = [
  ["sans", 400, "IBMPlexSans-Regular"],
  ["sans", 500, "IBMPlexSans-Medium"],
  ["sans", 600, "IBMPlexSans-SemiBold"],
  ["serif", 400, "SourceSerif4-Regular"],
  ["serif", 600, "SourceSerif4-SemiBold"],
];
// Latin 1 (Spanish, English, French, Portuguese names), then the signs the pages write.
const LETTERS =
  range(0x20, 0x7e) + range(0xa0, 0xff) + "ıŒœ–—‘’‚“”„•…‹›€™−↑↓";

function range(first, last) {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
}

function named(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const dot = name.lastIndexOf(".");
  return `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
}

async function buildFonts() {
  const files = {};
  for (const [name, source] of Object.entries(FONTS)) {
    const whole = await readFile(find(source));
    files[`${name}.woff2`] = await subsetFont(whole, LETTERS, {
      targetFormat: "woff2",
      variationAxes: { wght: { min: 400, max: 600 } },
      noLayoutClosure: true,
    });
  }
  return files;
}

async function buildImageFonts() {
  const files = {};
  for (const [family, weight, name] of IMAGE_FONTS) {
    const whole = await readFile(find(FONTS[family]));
    files[`fonts/${name}.ttf`] = await subsetFont(whole, LETTERS, {
      targetFormat: "sfnt",
      variationAxes: { wght: weight },
      noLayoutClosure: true,
    });
  }
  return files;
}

/** Lets the style sheet say url("font:sans.woff2") and writes the hashed name instead. */
function fontNames(manifest) {
  return {
    name: "font-names",
    setup(build) {
      build.onResolve({ filter: /^font:/ }, ({ path }) => ({
        path: `./${manifest[path.slice("font:".length)]}`,
        external: true,
      }));
    },
  };
}

async function bundle(entry, options) {
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    target: ["es2020", "chrome111", "firefox113", "safari16.2"],
    ...options,
  });
  return result.outputFiles[0].contents;
}

async function main() {
  const manifest = {};
  const files = {};
  const add = (name, bytes) => {
    manifest[name] = named(name, bytes);
    files[manifest[name]] = bytes;
  };
  for (const [name, bytes] of Object.entries(await buildFonts())) add(name, bytes);
  add("main.css", await bundle("css/main.css", { plugins: [fontNames(manifest)] }));
  add("icon.svg", await readFile(join(here, "icon.svg")));
  // A classic script, so that the frozen copy of the site also works from a folder.
  add("frame.js", await bundle("js/frame.js", { format: "iife" }));
  for (const [name, bytes] of Object.entries(await buildImageFonts())) {
    manifest[name] = name;
    files[name] = bytes;
  }
  await mkdir(join(out, "fonts"), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(out, name), bytes);
  const sorted = Object.fromEntries(Object.entries(manifest).sort());
  await writeFile(join(out, "manifest.json"), JSON.stringify(sorted, null, 2) + "\n");
  for (const old of await readdir(out)) {
    const kept = old === "manifest.json" || old === "fonts" || old in files;
    if (!kept) await rm(join(out, old));
  }
  for (const [name, bytes] of Object.entries(files)) {
    console.log(`${String(bytes.length).padStart(7)}  ${name}`);
  }
}

await main();
