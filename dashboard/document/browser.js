/* What Streamlit leaves to the browser: history, keys and the calendar. */
(() => {
  /* What a reader does is one step of history, however many addresses it takes. */
  const push = history.pushState;
  let stepped = true;
  for (const act of ["pointerdown", "keydown", "click"]) {
    addEventListener(act, () => { stepped = false; }, true);
  }
  history.pushState = function (...entry) {
    (stepped ? history.replaceState : push).apply(history, entry);
    stepped = true;
  };

  /* Keys that press the buttons beside the period, and the one that begins a meeting, unless somebody is typing. */
  const BUTTONS = {
    "[": ".st-key-earlier button", "]": ".st-key-later button",
    f: ".st-key-present a", p: ".st-key-present a",
  };
  const TYPING = "input, textarea, select, [contenteditable=true]";
  addEventListener("keydown", event => {
    const button = BUTTONS[event.key.toLowerCase?.()];
    const isShortcut = event.metaKey || (event.ctrlKey && !event.getModifierState("AltGraph"));
    if (!button || isShortcut || event.target.closest?.(TYPING)) return;
    document.querySelector(button)?.click();
  });

  /* Full screen is given to an act of the reader alone, and not to the page that it leads to. */
  addEventListener("click", event => {
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (isElsewhere || !event.target.closest?.(BUTTONS.p)) return;
    document.documentElement.requestFullscreen?.().catch(() => {});
  }, true);

  /* Weeks begin in the calendar as in the periods, whatever the browser's language. */
  const weekInfo = Intl.Locale.prototype.getWeekInfo;
  Intl.Locale.prototype.getWeekInfo = function () {
    return { ...weekInfo?.call(this), firstDay: FIRST_WEEKDAY };
  };

  /* Room is left for the filters, as wide as they were made, where they will stand. */
  const page = document.documentElement;
  page.classList.toggle("filters-come", !location.pathname.endsWith("/connection"));
  page.style.setProperty("--filters", `${parseInt(localStorage.getItem("sidebarWidth")) || 300}px`);
})();
