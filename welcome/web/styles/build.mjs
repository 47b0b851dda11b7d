// Build the web pages' third-party files: `node build.mjs PACKAGES OUT`, where PACKAGES
// holds node_modules and OUT is an empty folder. Fonts are built elsewhere, in Python.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { gate, logical, prune, tokens } from "./passes.mjs";

const [packages, out] = process.argv.slice(2).map((name) => path.resolve(name));
const require = createRequire(path.join(packages, "package.json"));
const sass = require("sass");
const postcss = require("postcss");
const here = import.meta.dirname;
const modules = path.join(packages, "node_modules");
const licences = path.join(out, "licences");

const ICONS = [
  "arrow-left", "arrow-right", "baby", "book-open", "brain", "briefcase", "bus", "calendar",
  "check", "chevron-right", "download", "globe", "heart-pulse", "house", "id-card",
  "info", "landmark", "languages", "list", "mail", "message-circle", "octagon-alert", "phone",
  "printer", "scale", "school", "search", "share-2", "shield", "trash-2",
  "triangle-alert", "users", "volume-2", "wallet",
];

function own(name) {
  const text = fs.readFileSync(path.join(here, name), "utf8");
  return sass.compileString(text, { syntax: "css", style: "compressed", charset: false }).css;
}

async function stylesheet() {
  const compiled = sass.compile(path.join(here, "govuk.scss"), {
    loadPaths: [modules], style: "compressed", charset: false, quietDeps: true,
  });
  const passes = [prune(), logical(postcss), tokens(), gate()];
  const govuk = await postcss(passes).process(compiled.css, { from: undefined });
  return `${govuk.css}${own("character.css")}\n`;
}

function symbol(name) {
  const svg = fs.readFileSync(path.join(modules, "lucide-static/icons", `${name}.svg`), "utf8");
  const shapes = svg.replace(/^[^]*?<svg[^>]*>/, "").replace("</svg>", "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" `
    + `stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
}

function sprite() {
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${ICONS.map(symbol).join("\n")}\n</svg>\n`;
}

fs.mkdirSync(licences, { recursive: true });
// Reading pages that need no form take the tokens alone.
fs.writeFileSync(path.join(out, "tokens.css"), `${own("tokens.css")}\n`);
fs.writeFileSync(path.join(out, "govuk.css"), own("tokens.css") + await stylesheet());
fs.writeFileSync(path.join(out, "icons.svg"), sprite());
fs.copyFileSync(path.join(modules, "htmx.org/dist/htmx.min.js"), path.join(out, "htmx.min.js"));
fs.copyFileSync(path.join(modules, "htmx.org/LICENSE"), path.join(licences, "htmx.txt"));
fs.copyFileSync(path.join(modules, "lucide-static/LICENSE"), path.join(licences, "lucide.txt"));
fs.copyFileSync(path.join(here, "licences/govuk-frontend.txt"), path.join(licences, "govuk-frontend.txt"));
