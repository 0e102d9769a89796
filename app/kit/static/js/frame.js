// The frame: drawer, folding rail, menus, clickable rows, long jobs. Every page works without it.
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // The rail as a drawer on a phone.
  const burger = document.querySelector("[data-drawer]");
  const veil = document.querySelector(".veil");
  const rail = document.getElementById("rail");
  const drawer = (open) => {
    root.classList.toggle("drawer-open", open);
    if (veil) veil.hidden = !open;
    if (open) rail.querySelector("[data-drawer-close]").focus();
    else if (rail && rail.contains(document.activeElement)) burger.focus();
  };
  if (burger) burger.addEventListener("click", (event) => { event.preventDefault(); drawer(true); });
  all("[data-drawer-close]").forEach((one) => one.addEventListener("click", (event) => {
    event.preventDefault();
    drawer(false);
    if (location.hash === "#rail") history.replaceState(null, "", location.pathname + location.search);
  }));

  // The rail folded to icons; the choice is kept in a cookie so that the server draws it so.
  const fold = document.querySelector("[data-fold]");
  if (fold) {
    fold.hidden = false;
    fold.addEventListener("click", () => {
      const folded = root.dataset.rail !== "folded";
      if (folded) root.dataset.rail = "folded"; else delete root.dataset.rail;
      fold.setAttribute("aria-pressed", folded);
      document.cookie = `rail=${folded ? "folded" : "open"};path=/;max-age=31536000;samesite=lax`;
    });
  }
  const current = rail && rail.querySelector("[aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });

  // Menus: one open at a time; Esc and a click elsewhere close; arrows walk.
  document.addEventListener("click", (event) => {
    all("[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  all("[data-menu]").forEach((menu) => menu.addEventListener("keydown", (event) => {
    const items = all(".menu-item", menu);
    const at = items.indexOf(document.activeElement);
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopPropagation();
    } else if (items.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      menu.open = true;
      const step = event.key === "ArrowDown" ? 1 : -1;
      items[at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length].focus();
    }
  }));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.classList.contains("drawer-open")) drawer(false);
    const link = event.target.closest && event.target.closest("tbody .row-link");
    if (link && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const links = all(".row-link", link.closest("tbody"));
      const next = links[links.indexOf(link) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) { event.preventDefault(); next.focus(); }
    }
  });

  // One letter opens what says so, unless somebody is typing.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length !== 1) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    const link = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (link) { event.preventDefault(); link.click(); }
  });

  // A row opens its record, unless something in it was meant or its text is being selected.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.defaultPrevented || event.target.closest("a, button, input, select, label, summary, dialog")) return;
    if (String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) open(row.dataset.href, "_blank", "noopener");
    else location.href = row.dataset.href;
  });

  // Tables that fit keep their heads below the top bar; those that do not can be scrolled by keyboard.
  const measure = () => all("[data-scroll]").forEach((box) => {
    box.classList.remove("fits");
    const fits = box.scrollWidth <= box.clientWidth + 1;
    box.classList.toggle("fits", fits);
    if (fits) ["tabindex", "role", "aria-label"].forEach((name) => box.removeAttribute(name));
    else Object.entries({ tabindex: 0, role: "region", "aria-label": box.dataset.scroll }).forEach((pair) => box.setAttribute(...pair));
  });
  measure();
  addEventListener("resize", measure);
  document.addEventListener("toggle", measure, true);

  // The search of a list is folded on a phone.
  const filters = document.querySelector("[data-filters]");
  if (filters && matchMedia("(max-width: 640px)").matches && !document.querySelector(".chips")) filters.open = false;

  // How far a long job is.
  const job = document.querySelector("[data-job]");
  const over = ["done", "failed", "stopped"];
  const ask = async () => {
    const part = (name) => job.querySelector(`[data-job-${name}]`);
    let wait = 700;
    try {
      const told = await (await fetch(job.dataset.job, { headers: { Accept: "application/json" } })).json();
      const bar = job.querySelector("progress");
      if (part("state").textContent !== told.label) part("state").textContent = told.label;
      part("count").textContent = told.total ? `${told.done} / ${told.total}` : "";
      if (told.total) bar.value = (100 * told.done) / told.total;
      part("message").textContent = told.message;
      if (told.state === "done") bar.value = 100;
      if (told.state === "done" && told.next_url) return location.replace(told.next_url);
      if (over.includes(told.state)) return location.reload();
    } catch {
      wait = 3000;
    }
    setTimeout(ask, wait);
  };
  if (job && !over.includes(job.dataset.state)) ask();
})();
