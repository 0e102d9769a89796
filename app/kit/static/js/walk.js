// A table of links that arrow keys walk through: one stop for Tab, Home and End within the row.
(() => {
  const way = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  document.querySelectorAll("table[data-walk]").forEach((table) => {
    const cells = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
    const every = cells.flat().filter(Boolean);
    const stop = (link) => every.forEach((each) => { each.tabIndex = each === link ? 0 : -1; });
    if (every.length) stop(every[0]);
    table.addEventListener("focusin", (event) => { if (every.includes(event.target)) stop(event.target); });
    table.addEventListener("keydown", (event) => {
      const row = cells.findIndex((line) => line.includes(event.target));
      if (row < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      let next = null;
      if (event.key in way) {
        let [y, x] = [row, cells[row].indexOf(event.target)];
        do { y += way[event.key][0]; x += way[event.key][1]; next = cells[y] && cells[y][x]; } while (next === null);
      } else if (event.key === "Home") next = cells[row].find(Boolean);
      else if (event.key === "End") next = cells[row].filter(Boolean).pop();
      if (next) { event.preventDefault(); next.focus(); }
    });
  });
})();
