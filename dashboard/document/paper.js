/* Charts are as wide as their place on the screen: on paper they are drawn to its width. */
(() => {
  const drawings = () => document.querySelectorAll("svg.main-svg");
  addEventListener("beforeprint", () => {
    for (const each of drawings()) {
      const [width, height] = [each.getAttribute("width"), each.getAttribute("height")];
      each.setAttribute("viewBox", `0 0 ${parseFloat(width)} ${parseFloat(height)}`);
    }
  });
  addEventListener("afterprint", () => {
    for (const each of drawings()) each.removeAttribute("viewBox");
  });
})();
