// Keys of the translating desk. Without this file every button still works.
(() => {
  "use strict";
  const pairs = () => [...document.querySelectorAll(".pair")];
  const openPairs = () => pairs().filter((pair) => pair.hasAttribute("data-open"));
  const here = () => document.activeElement?.closest?.(".pair") ?? null;
  let leftFrom = null;

  const enter = (pair) => {
    const box = pair?.matches("[tabindex]") ? pair : pair?.querySelector("textarea, button, summary, a");
    if (!box) return;
    box.focus({ preventScroll: true });
    pair.scrollIntoView({ block: "center" });
  };

  const step = (way) => {
    const all = pairs();
    const at = all.indexOf(here());
    enter(all[at < 0 ? 0 : Math.min(Math.max(at + way, 0), all.length - 1)]);
  };

  const nextOpen = (id) => {
    const all = pairs();
    const at = all.findIndex((pair) => pair.id === id);
    return all.slice(at + 1).find((pair) => pair.hasAttribute("data-open")) ?? openPairs()[0];
  };

  const take = (form) => {
    const pair = form.closest(".pair");
    const unit = pair.querySelector(".unit-form");
    const box = unit.querySelector("textarea");
    box.value = form.elements.text.value;
    unit.elements.origin.value = form.elements.origin.value;
    box.focus();
  };

  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-take]")) {
      event.preventDefault();
      take(event.target);
      return;
    }
    const isNext = event.target.matches(".unit-form") && event.submitter?.value === "next";
    leftFrom = isNext ? event.target.closest(".pair").id : null;
  }, true);

  // Once a taken text is touched, it is a person's.
  document.addEventListener("input", (event) => {
    const unit = event.target.closest?.(".unit-form");
    if (!unit || !event.target.matches("textarea")) return;
    unit.elements.origin.value = "human";
    // It shows what was saved.
    unit.querySelector(".reading")?.remove();
  });

  // htmx would write the height that a box was pulled to as an inline style.
  document.addEventListener("htmx:before:swap", () => {
    for (const each of document.querySelectorAll(".pair [style]")) each.removeAttribute("style");
  });

  document.addEventListener("htmx:after:swap", () => {
    if (!leftFrom) return;
    const saved = document.getElementById(leftFrom);
    const id = leftFrom;
    leftFrom = null;
    // What was not saved, or must be mended, stays open: stay with it.
    enter(saved?.querySelector("[role=alert]:not(:empty), .finding-blocking") ? saved : nextOpen(id));
  });

  document.addEventListener("htmx:error", (event) => {
    const said = document.getElementById("unreachable")?.content.cloneNode(true);
    if (said) event.target.closest?.(".pair")?.querySelector(".trouble")?.replaceChildren(said);
  });

  const onTranslating = (event, pair) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const button = pair?.querySelector(".unit-form button[value=next]");
      if (button) { event.preventDefault(); button.form.requestSubmit(button); }
    }
    if (!event.altKey) return;
    if (event.key === "ArrowDown") { event.preventDefault(); step(1); }
    if (event.key === "ArrowUp") { event.preventDefault(); step(-1); }
    const form = pair?.querySelector(`form[data-take="${event.code.replace("Digit", "")}"]`);
    if (/^Digit[1-3]$/.test(event.code) && form) { event.preventDefault(); take(form); }
  };

  const onReviewing = (event, pair) => {
    const isTyping = event.target.matches("textarea, input, select");
    // A key that is held must not judge what comes next.
    if (event.repeat || isTyping || event.ctrlKey || event.altKey || event.metaKey || !pair) return;
    const button = pair.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
    button.closest("details[open]")?.querySelector("textarea")?.focus();
  };

  // Whoever was led to a unit goes on in its box.
  enter(document.querySelector(".pair[data-open]:target"));

  // The keys of a reviewer work at once, in the first pair or the one that was asked for.
  const waiting = document.querySelector(".pair[tabindex]:target") ?? document.querySelector(".pair[tabindex]");
  if (!document.querySelector(".govuk-error-summary") && matchMedia("(pointer: fine)").matches) {
    waiting?.focus();
  }

  document.addEventListener("keydown", (event) => {
    onTranslating(event, here());
    onReviewing(event, here());
  });

  // Leaving with typed but unsaved text asks first; the form being sent saves its own.
  let sent = null;
  document.addEventListener("submit", (event) => { sent = event.target; });
  window.addEventListener("beforeunload", (event) => {
    const boxes = [...document.querySelectorAll(".unit-form textarea")];
    if (boxes.some((box) => box.value !== box.defaultValue && box.form !== sent)) event.preventDefault();
  });
})();
