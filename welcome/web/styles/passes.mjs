// PostCSS passes that make GOV.UK Frontend ours: sides become logical, colours become
// the look's tokens, line heights become the script's own, unused rules go.

const SIDES = { left: "inline-start", right: "inline-end" };
const ENDS = { left: "start", right: "end" };
const TEXT_TOKENS = {
  "#fff": "--on-place", "#0b0c0c": "--ink", "#083d29": "--ink", "#0f385c": "--ink",
  "#651b1b": "--ink", "#7a3c1c": "--ink",
};
const SURFACE_TOKENS = {
  "#0f5257": "--place", "#0b5c3e": "--place", "#ca3535": "--stop", "#982828": "--stop",
  "#fff": "--sheet", "#f3f3f3": "--place-tint", "#cecece": "--line",
  "#cfe4dc": "--good-tint", "#d2e2f1": "--place-tint", "#f4d7d7": "--stop-tint",
  "#ffee80": "--warm-tint",
};
const FUNCTIONAL_TOKENS = {
  brand: "--place", text: "--ink", "inverse-text": "--on-place",
  "template-background": "--paper", "body-background": "--paper", "print-text": "--ink",
  "secondary-text": "--quiet", focus: "--focus", "focus-text": "--on-focus",
  error: "--stop", success: "--good", border: "--line", "input-border": "--ink",
  hover: "--line", link: "--place", "link-visited": "--place", "link-hover": "--ink",
  "link-active": "--ink", "surface-background": "--place-tint", "surface-text": "--ink",
  "surface-border": "--line",
};
// What needs GOV.UK's JavaScript, its own identity or a browser that is gone.
const UNUSED = new RegExp([
  "frontend-supported", "--inverse", "drop-zone", "file-upload-(button|announcements)",
  "button--start", "button__start-icon", "from-desktop", "print-only", "-moz-focus-inner",
  "tag--(purple|orange|teal|turquoise|magenta|pink)", "tabs__tab\\b.*selected",
].join("|"));
const GONE_MEDIA = /^screen[^ ]|^print$/;

// Ticks and arrows are corners of a rotated box: their sides stay, `character.css` turns
// those that point somewhere.
const TURNED = /(checkboxes__label::after|breadcrumbs__list-item::before|back-link::before)/;
const CONTROLS = /(button|input|select|textarea|file-upload)/;

function logicalName(prop) {
  const radius = prop.match(/^border-(top|bottom)-(left|right)-radius$/);
  if (radius) {
    return `border-${radius[1] === "top" ? "start" : "end"}-${radius[2] === "left" ? "start" : "end"}-radius`;
  }
  const side = prop.match(/^(margin-|padding-|border-|)(left|right)(-(?:width|style|color))?$/);
  if (!side) return prop;
  return `${side[1] || "inset-"}${SIDES[side[2]]}${side[3] ?? ""}`;
}

function spread(decl, sides) {
  const [, right, , left] = sides;
  const family = decl.prop === "border-width" ? ["border-", "-width"] : [`${decl.prop}-`, ""];
  const named = { top: sides[0], "inline-end": right, bottom: sides[2], "inline-start": left };
  for (const [side, value] of Object.entries(named)) {
    decl.cloneBefore({ prop: family.join(side), value });
  }
  decl.remove();
}

/** Turn every left and right into the inline start and end of the writing direction. */
export const logical = (postcss) => ({
  postcssPlugin: "logical",
  Declaration(decl) {
    if (/^border/.test(decl.prop) && TURNED.test(decl.parent.selector)) return;
    if (/^(margin|padding|border-width)$/.test(decl.prop)) {
      const sides = postcss.list.space(decl.value);
      if (sides.length === 4 && sides[1] !== sides[3]) spread(decl, sides);
      return;
    }
    decl.prop = logicalName(decl.prop);
    if (/^(text-align|justify-content)$/.test(decl.prop)) decl.value = ENDS[decl.value] ?? decl.value;
    if (/^(float|clear)$/.test(decl.prop)) decl.value = SIDES[decl.value] ?? decl.value;
  },
});

function toned(decl) {
  const tokens = decl.prop === "color" ? TEXT_TOKENS : SURFACE_TOKENS;
  return decl.value
    .replace(/var\(--govuk-([a-z-]+)-colour,\s*#[0-9a-f]+\)/gi, (whole, name) =>
      FUNCTIONAL_TOKENS[name] ? `var(${FUNCTIONAL_TOKENS[name]})` : whole)
    .replace(/#[0-9a-f]{3,6}\b/gi, (hex) => {
      const short = hex.replace(/^#(.)\1(.)\2(.)\3$/, "#$1$2$3").toLowerCase();
      return tokens[short] ? `var(${tokens[short]})` : hex;
    });
}

/** Put the look's custom properties where GOV.UK has its palette and line heights. */
export const tokens = () => ({
  postcssPlugin: "tokens",
  Declaration(decl) {
    if (decl.prop === "box-shadow" && /#(083d29|0f385c|651b1b|858686)/.test(decl.value)) return void decl.remove();
    if (decl.prop === "line-height") {
      const leading = { "1.55": "--leading", "1.25": "--leading-tight", "1.0555555556": "--leading-tight" };
      decl.value = leading[decl.value] ? `var(${leading[decl.value]})` : decl.value;
    }
    decl.value = toned(decl);
  },
});

const idle = (decl) => /^--govuk-/.test(decl.prop)
  || (/^-(webkit|moz|ms)-/.test(decl.prop) && !/appearance|text-size/.test(decl.prop))
  || (decl.prop === "font-family" && !CONTROLS.test(decl.parent.selector));

/** Drop rules that nothing of ours can use. */
export const prune = () => ({
  postcssPlugin: "prune",
  Once(root) {
    root.walkAtRules("media", (media) => { if (GONE_MEDIA.test(media.params)) media.remove(); });
    root.walkRules((rule) => {
      const kept = rule.selectors.filter((selector) => !UNUSED.test(selector));
      if (kept.length === 0) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    });
    root.walkComments((comment) => { comment.remove(); });
    root.walkDecls((decl) => { if (idle(decl)) decl.remove(); });
    root.walkRules((rule) => {
      const next = rule.next();
      if (rule.nodes.length && next?.selector === rule.selector) next.prepend(rule.nodes);
      if (rule.nodes.length === 0) rule.remove();
    });
    root.walkAtRules((rule) => { if (rule.nodes?.length === 0) rule.remove(); });
  },
});

/** Refuse what slipped through: a side, a colour or a line height that is not ours. */
export const gate = () => ({
  postcssPlugin: "gate",
  OnceExit(root) {
    const slips = [];
    root.walkDecls((decl) => {
      const physical = /(^|-)(left|right)(-|$)/.test(decl.prop) || /^(left|right)$/.test(decl.value);
      const foreign = /#[0-9a-f]{3,8}\b|--govuk-/i.test(decl.value);
      const fixed = decl.prop === "line-height" && !/^(0|1|29px|var\(.*\))$/.test(decl.value);
      if (physical || foreign || fixed) slips.push(`${decl.parent.selector} { ${decl} }`);
    });
    if (slips.length) throw new Error(`GOV.UK rules the passes do not know:\n${slips.join("\n")}`);
  },
});
