// Arrow keys move through the cells of a matrix; its links work without this.
(() => {
  "use strict";
  const isRtl = document.documentElement.dir === "rtl";
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, isRtl ? 1 : -1], ArrowRight: [0, isRtl ? -1 : 1] };

  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.(".matrix tbody :is(td, th)");
    const step = steps[event.key];
    if (!cell || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = [...cell.closest("tbody").rows];
    const row = rows[rows.indexOf(cell.parentElement) + step[0]];
    const link = row?.cells[cell.cellIndex + step[1]]?.querySelector("a");
    if (!link) return;
    event.preventDefault();
    link.focus();
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
})();
