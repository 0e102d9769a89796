// Rows of a form are added, moved and taken out in place; without script the same buttons ask the server.
(() => {
  document.querySelectorAll("[data-rows]").forEach((rows) => {
    const list = rows.querySelector("[data-rows-list]");
    const blank = rows.querySelector("template");
    const told = rows.querySelector("[data-rows-told]");
    let next = Number(rows.dataset.next);

    const changed = (words) => {
      [...list.children].forEach((row, place) => { row.querySelector("[data-row-place]").textContent = place + 1; });
      told.textContent = words;
      list.dispatchEvent(new Event("input", { bubbles: true })); // there is something unsaved now
    };
    const first = (row) => row.querySelector("input:not([type=hidden]), select, textarea");

    const add = () => {
      const row = blank.content.querySelector("[data-row]").cloneNode(true);
      [row, ...row.querySelectorAll("*")].forEach((one) => [...one.attributes].forEach((each) => {
        if (each.value.includes("__n")) each.value = each.value.replaceAll("__n", next);
      }));
      next += 1;
      list.appendChild(row);
      changed("");
      first(row).focus();
    };
    const move = (row, step, focused) => {
      const beside = step < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (!beside) return;
      if (step < 0) beside.before(row); else beside.after(row);
      changed(rows.dataset.moved.replace("{n}", [...list.children].indexOf(row) + 1));
      focused.focus();
    };
    const remove = (row) => {
      const beside = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      changed(rows.dataset.removed);
      (beside ? first(beside) : rows.querySelector("[data-row-add]")).focus();
    };

    rows.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=how]");
      if (!button) return;
      event.preventDefault();
      const row = button.closest("[data-row]");
      if (!row) add();
      else if (button.matches("[data-row-remove]")) remove(row);
      else move(row, button.matches("[data-row-up]") ? -1 : 1, button);
    });
    rows.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const row = event.target.closest("[data-row]");
      if (!step || !row || !event.altKey || event.target.matches("select")) return;
      event.preventDefault();
      move(row, step, event.target);
    });
  });
})();
