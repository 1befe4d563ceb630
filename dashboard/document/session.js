/* A page whose session is over gives way to one that says so, and leads back to the same view. */
(() => {
  const LOOK_MS = 10000;
  const WAY_IN = "/sign-in", SAID = "/sign-out", RENEWED = "token";
  let mark;

  const leave = to => location.replace(
    `${to}?back=${encodeURIComponent(location.pathname + location.search)}`);

  const look = async () => {
    let answer, told;
    try {
      answer = await fetch("/sign-in/session", { cache: "no-store" });
      told = await answer.json();
    } catch {
      return; /* The server is away: Streamlit says so. */
    }
    if (answer.status === 401) leave(told.over === RENEWED ? WAY_IN : SAID);
    if (!answer.ok) return;
    if (mark !== undefined && mark !== told.mark) location.reload();
    mark = told.mark;
  };

  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
  look();

  /* Back after signing out must not show what the browser has kept of the page. */
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

  /* Streamlit would open another window. */
  addEventListener("click", event => {
    const link = event.target.closest?.('a[href="/sign-out"]');
    if (!link) return;
    event.preventDefault();
    location.assign(link.href);
  }, true);
})();
