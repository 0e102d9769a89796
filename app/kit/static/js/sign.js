// A signature drawn with mouse, pen or finger: strokes as the data of an SVG path, in a box of 300 × 100.
(() => {
  const WIDTH = 300;
  const HEIGHT = 100;
  const LONGEST = 20000;

  document.querySelectorAll("[data-sign]").forEach((box) => {
    const input = box.querySelector("input");
    const sheet = box.querySelector("svg");
    const path = sheet.querySelector("path");
    let last = null;
    box.hidden = false;

    const put = (data) => {
      path.setAttribute("d", data);
      input.value = data;
      input.dispatchEvent(new Event("input", { bubbles: true })); // the form has something to lose
    };
    const point = (event) => {
      const frame = sheet.getBoundingClientRect();
      const within = (value, most) => Math.round(Math.min(Math.max(value, 0), 1) * most * 10) / 10;
      return [within((event.clientX - frame.left) / frame.width, WIDTH), within((event.clientY - frame.top) / frame.height, HEIGHT)];
    };
    const line = (to) => {
      const step = `L${to[0]} ${to[1]}`;
      if (input.value.length + step.length > LONGEST) return;
      last = to;
      put(input.value + step);
    };

    sheet.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      sheet.setPointerCapture(event.pointerId);
      last = point(event);
      const begin = `M${last[0]} ${last[1]}L${last[0]} ${last[1]}`; // a dot, should it stay one
      if (input.value.length + begin.length > LONGEST) last = null;
      else put(input.value + begin);
    });
    sheet.addEventListener("pointermove", (event) => {
      if (!last) return;
      const to = point(event);
      if (Math.hypot(to[0] - last[0], to[1] - last[1]) >= 0.8) line(to);
    });
    ["pointerup", "pointercancel"].forEach((name) => sheet.addEventListener(name, () => { last = null; }));
    box.querySelector("[data-sign-clear]").addEventListener("click", () => put(""));
  });
})();
