// The editor: a problem's link leads to its line; leaving with unsaved text asks first.
(() => {
  "use strict";
  const form = document.getElementById("page-form");
  const body = document.getElementById("body");
  if (!form || !body) return;
  const untouched = body.value;
  let isSaving = false;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (!link) return;
    event.preventDefault();
    const lines = body.value.split("\n");
    const line = Math.min(Number(link.dataset.line), lines.length);
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    body.focus();
    body.setSelectionRange(start, start + lines[line - 1].length);
    const height = body.scrollHeight / lines.length;
    body.scrollTop = Math.max(0, (line - 4) * height);
  });

  form.addEventListener("submit", () => { isSaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!isSaving && body.value !== untouched) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    form.requestSubmit();
  });
})();
