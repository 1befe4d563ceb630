// A show of scenes: one at a time over the whole window, told by keys, clicks or a timer.

const STEPS = { ArrowRight: 1, " ": 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
const TYPING = "input, textarea, select, [contenteditable=true]";
const PRESSED = "button, a, summary";
const STILL_AFTER = 3000;
const LEAST_PX = 13; // letters of charts, before they are made as large as the scene's
const SCENE_PX = 18;
const LOW = 230; // pixels of a chart before it is made larger
const MOST_EMS = 3.5; // of a change, or values no longer stand one below the other
const LONG = 115; // letters of a headline
const INKS = {
  light: { text: "#0f172a", quiet: "#475569", grid: "#e2e8f0" },
  dark: { text: "#e8edf5", quiet: "#a9b6c8", grid: "#2c3644" },
};
const doors = new WeakMap();

/** The door: for a file the document, for Streamlit the place of the component, at each rerun. */
export default function (component) {
  const { parentElement: place, data } = component;
  if (place === document) {
    new Show(place.querySelector(".show"), data).begin();
    return undefined;
  }
  if (!doors.has(place)) doors.set(place, new Door(place));
  doors.get(place).offer(data);
  return () => doors.get(place)?.leave();
}

function made(tag, { classes = "", text, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function unpacked(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

function isDark(ground) {
  const parts = ground.trim().match(/^#(..)(..)(..)/)?.slice(1).map((each) => parseInt(each, 16));
  return !!parts && parts[0] + parts[1] + parts[2] < 384;
}

/** On the meeting page: the button that begins, and the show over everything. */
class Door {
  constructor(place) {
    this.place = place;
    this.button = place.querySelector(".present");
    this.button.addEventListener("click", () => this.open(1));
    this.listening = new AbortController();
    addEventListener("keydown", (event) => this.key(event), { signal: this.listening.signal });
  }

  /** What is offered is what was chosen last; a show that has begun stays as it is. */
  async offer(data) {
    this.data = data;
    const at = Number(new URL(location.href).searchParams.get("scene"));
    // A rerun writes the address as it was when the run began.
    if (this.show) this.show.keepPlace();
    else if (at && !this.left) await this.open(at);
  }

  key(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (this.show || !isPlain || event.target.closest?.(TYPING)) return;
    if (["f", "p"].includes(event.key.toLowerCase())) this.open(1);
  }

  async open(at) {
    if (this.show || this.opens) return;
    this.opens = true;
    await leaving; // or the end of the last show's full screen would end this one
    this.opens = false;
    const dialog = made("dialog", { classes: "show", "aria-label": "Meeting" });
    const stage = made("div", { classes: "stage" });
    this.show = new Show(dialog, null, () => this.closed());
    dialog.append(made("style"), stage);
    document.body.append(dialog);
    dialog.showModal();
    const loading = this.guarded(dialog);
    // Whoever comes from another page by a key has asked for it there.
    if (!document.fullscreenElement) fillScreen();
    const [data] = await Promise.all([unpacked(this.data), loaded(this.button.dataset.plotly)]);
    loading.abort();
    if (!dialog.isConnected) return;
    dialog.firstChild.textContent = data.style;
    stage.innerHTML = data.html; // made on the server, every name escaped
    const ground = getComputedStyle(this.button).getPropertyValue("--st-background-color");
    dialog.classList.toggle("dark", isDark(ground));
    this.show.data = data;
    this.show.begin(at);
  }

  /** Until a show begins it is left by an Escape of its own, not by the one that ended the last. */
  guarded(dialog) {
    const loading = new AbortController(), { signal } = loading;
    let isLeft = false;
    addEventListener("keydown", (event) => { isLeft ||= event.key === "Escape"; }, { signal });
    dialog.addEventListener("close", () => {
      if (!isLeft) return dialog.showModal();
      if (document.fullscreenElement) leaving = document.exitFullscreen().catch(() => {});
      dialog.remove();
      this.closed();
    }, { signal });
    return loading;
  }

  closed() {
    this.show = null;
    this.left = true;
    this.button.focus();
  }

  leave() {
    this.listening.abort();
    doors.delete(this.place);
  }
}

/** Plotly's script, loaded once from the dashboard's own server. */
function loaded(address) {
  if (globalThis.Plotly) return Promise.resolve();
  return new Promise((done, failed) => {
    const script = made("script", { src: address });
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

/** Until the full screen of a show that was closed has ended. */
let leaving = null;

/** Full screen, where the browser gives it: to the document, for it gives none to a dialog. */
async function fillScreen() {
  await document.documentElement.requestFullscreen?.().catch(() => {});
}

class Show {
  constructor(root, data, onClosed) {
    Object.assign(this, { root, data, onClosed, isFile: !onClosed, drawn: new Map() });
  }

  begin(at) {
    const { root } = this;
    this.scenes = [...root.querySelectorAll(".scene")];
    for (const scene of this.scenes) {
      const head = scene.querySelector("h2");
      head.classList.toggle("long", head.textContent.length > LONG);
    }
    this.progress = made("div", { classes: "progress" });
    this.told = made("div", { classes: "unseen", "aria-live": "polite" });
    root.append(this.zone("back", "‹", "Previous scene", -1), this.zone("next", "›", "Next scene", 1),
      this.progress, this.told);
    this.listen();
    for (const box of root.querySelectorAll(".wall")) {
      new MutationObserver(() => fit(box)).observe(box, { childList: true, subtree: true });
      figuresTable({
        parentElement: box.parentElement, data: bytesOf(this.data.sheets[box.dataset.sheet]),
        setStateValue() {},
      });
    }
    if (this.isFile) this.theme(matchMedia("(prefers-color-scheme: dark)").matches);
    this.go((at || this.placeInAddress() || 1) - 1);
    const every = Number(new URL(location.href).searchParams.get("every"));
    if (every >= 3) this.timer = setInterval(() => this.go((this.at + 1) % this.scenes.length), 1000 * every);
  }

  zone(name, sign, label, step) {
    const zone = made("button", { classes: `zone ${name}`, type: "button", "aria-label": label, text: sign });
    zone.addEventListener("click", () => this.go(this.at + step));
    return zone;
  }

  listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    addEventListener("keydown", (event) => this.key(event), { signal });
    addEventListener("resize", () => this.resized(), { signal });
    addEventListener("pointermove", () => this.moved(), { signal });
    addEventListener("beforeprint", () => this.onPaper(true), { signal });
    addEventListener("afterprint", () => this.onPaper(false), { signal });
    this.root.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-opens]");
      if (opener) this.openSheet(opener.dataset.opens, opener.previousElementSibling.textContent);
    }, { signal });
    if (this.isFile) return;
    this.root.addEventListener("close", (event) => {
      if (event.target === this.root) this.close();
    }, { signal });
    this.wasFull = !!document.fullscreenElement;
    // The browser takes Escape for its own full screen: leaving that leaves the show.
    addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement && this.wasFull && !this.keeps) this.root.close();
      this.wasFull = !!document.fullscreenElement;
    }, { signal });
  }

  key(event) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain || event.target.closest?.(TYPING) || this.root.querySelector("dialog[open]")) return;
    const { key } = event;
    if (key === " " && event.target.closest?.(PRESSED)) return;
    const last = this.scenes.length - 1;
    if (key in STEPS) this.go(this.at + STEPS[key]);
    else if (key === "Home") this.go(0);
    else if (key === "End") this.go(last);
    else if (/^[1-9]$/.test(key)) this.go(Math.min(key - 1, last));
    else if (key === "0") this.go(Math.min(9, last));
    else if (["f", "p"].includes(key.toLowerCase())) this.fullScreen();
    else if (key.toLowerCase() === "t") this.theme(!this.root.classList.contains("dark"));
    else return;
    event.preventDefault();
  }

  fullScreen() {
    this.keeps = true;
    const done = document.fullscreenElement ? document.exitFullscreen().catch(() => {}) : fillScreen();
    done.finally(() => setTimeout(() => { this.keeps = false; }, 200));
  }

  go(wanted) {
    const at = Math.max(0, Math.min(wanted, this.scenes.length - 1));
    if (at === this.at) return;
    this.at = at;
    this.scenes.forEach((scene, place) => {
      scene.classList.toggle("now", place === at);
      scene.inert = place !== at && getComputedStyle(scene).position === "absolute";
    });
    const scene = this.scenes[at];
    scene.focus({ preventScroll: true });
    this.progress.style.setProperty("--done", (at + 1) / this.scenes.length);
    this.told.textContent = `Scene ${at + 1} of ${this.scenes.length}`;
    this.keepPlace();
    this.draw(scene);
    this.ahead();
  }

  /** The scenes to come are drawn before somebody asks for them. */
  ahead() {
    clearTimeout(this.later);
    const { length } = this.scenes;
    const next = this.scenes.map((_, step) => this.scenes[(this.at + step) % length])
      .find((scene) => !this.isDrawn(scene));
    if (!next) {
      this.root.dataset.ready = "all";
      return;
    }
    this.later = setTimeout(() => {
      this.draw(next);
      this.ahead();
    }, 30);
  }

  placesOf(scene) {
    return [...scene.querySelectorAll(".drawing")];
  }

  isDrawn(scene) {
    return this.placesOf(scene).every((place) => this.drawn.get(place) === this.stateOf(place));
  }

  stateOf(place) {
    return `${place.clientWidth}x${place.clientHeight} ${this.root.classList.contains("dark")}`;
  }

  draw(scene) {
    for (const place of this.placesOf(scene)) {
      const state = this.stateOf(place);
      if (this.drawn.get(place) === state || !place.clientWidth) continue;
      this.drawn.set(place, state);
      this.drawChart(place);
    }
  }

  drawChart(place) {
    const dark = this.root.classList.contains("dark");
    const [light, other] = this.data.drawings[place.dataset.drawing];
    const unit = parseFloat(getComputedStyle(place.closest(".scene")).fontSize) / 20;
    const scale = Math.max((SCENE_PX / LEAST_PX) * unit, 0.5);
    const box = place.firstElementChild ?? place.appendChild(made("div"));
    box.style.transform = `scale(${scale})`;
    const figure = structuredClone(dark && other ? other : light);
    const isLow = place.clientHeight / scale < LOW;
    Plotly.react(box, figure.data.map(fromAfar), {
      ...(isLow ? lowered : (each) => each)(enlarged(figure.layout)), template: template(INKS[dark ? "dark" : "light"], getComputedStyle(place).fontFamily),
      width: place.clientWidth / scale, height: place.clientHeight / scale, autosize: false,
    }, { displayModeBar: false, responsive: false });
  }

  resized() {
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      this.draw(this.scenes[this.at]);
      this.ahead();
    }, 80);
  }

  moved() {
    this.root.classList.remove("still");
    clearTimeout(this.stillness);
    this.stillness = setTimeout(() => this.root.classList.add("still"), STILL_AFTER);
  }

  theme(dark) {
    this.root.classList.toggle("dark", dark);
    for (const box of this.root.querySelectorAll(".figures")) box.classList.toggle("dark", dark);
    if (this.at === undefined) return;
    this.draw(this.scenes[this.at]);
    this.ahead();
  }

  /** On paper every scene is a sheet of its own, light and of one size. */
  onPaper(begins) {
    if (begins) this.wasDark = this.root.classList.contains("dark");
    this.root.style.setProperty("--u", begins ? "1px" : "");
    if (!begins) this.root.style.removeProperty("--u");
    this.theme(begins ? false : this.wasDark);
    if (begins) this.scenes.forEach((scene) => this.draw(scene));
  }

  openSheet(place, title) {
    const sheet = made("dialog", { classes: "sheet", "aria-label": title },
      made("form", { method: "dialog" }, made("h2", { text: title }),
        made("button", { classes: "leave", text: "Close" })),
      made("div", { classes: "figures" }));
    sheet.addEventListener("close", () => sheet.remove());
    this.root.append(sheet);
    sheet.showModal();
    figuresTable({
      parentElement: sheet, data: bytesOf(this.data.sheets[place]), setStateValue() {},
    });
    sheet.querySelector(".figures").classList.toggle("dark", this.root.classList.contains("dark"));
  }

  placeInAddress() {
    return Number(this.isFile ? location.hash.slice(1) : 0);
  }

  keepPlace() {
    if (this.at !== undefined) this.writePlace(this.at + 1);
  }

  writePlace(number) {
    const address = new URL(location.href);
    if (this.isFile) address.hash = number ?? "";
    else if (number) address.searchParams.set("scene", number);
    else address.searchParams.delete("scene");
    try {
      history.replaceState(history.state, "", address);
    } catch { /* a mail's preview has no address */ }
  }

  close() {
    clearInterval(this.timer);
    clearTimeout(this.later);
    this.listening.abort();
    this.writePlace(null);
    if (document.fullscreenElement) leaving = document.exitFullscreen().catch(() => {});
    this.root.remove();
    this.onClosed();
  }
}

/** No letter of a chart is smaller than those of the scene once it is scaled. */
function enlarged(part) {
  if (typeof part === "string") return part.replaceAll(/font-size:1[0-2]px/g, `font-size:${LEAST_PX}px`);
  if (Array.isArray(part)) return part.map(enlarged);
  if (!part || typeof part !== "object" || ArrayBuffer.isView(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => {
    const whole = enlarged(value);
    const isSmall = /font$/i.test(name) && whole?.size < LEAST_PX;
    return [name, isSmall ? { ...whole, size: LEAST_PX } : whole];
  }));
}

/** Letters within the cells of a heat map are too small for a wall: pointing at one tells them. */
const fromAfar = (trace) => (trace.type === "heatmap" ? { ...trace, texttemplate: "" } : trace);

/** A low chart has no room above it, nor for a title of its axis or of its colours. */
function lowered(layout) {
  const axis = { ...layout.xaxis, title: { text: "" } };
  const coloraxis = layout.coloraxis && { ...layout.coloraxis, showscale: false };
  return { ...layout, margin: { ...layout.margin, t: 8, b: 8 }, xaxis: axis, ...(coloraxis && { coloraxis }) };
}

/** A wall has no scroll bar: where columns are many, changes are left to the table behind. */
function fit(box) {
  const table = box.querySelector("table");
  const isLong = (change) => change.offsetWidth > MOST_EMS * parseFloat(getComputedStyle(change).fontSize);
  const changes = [...box.querySelectorAll(".change")];
  if (table && (table.scrollWidth > box.clientWidth + 1 || changes.some(isLong))) box.classList.add("narrow");
  const grid = box.parentElement;
  if (table && grid.scrollHeight > grid.clientHeight + 1) box.classList.add("tight");
}

function template({ text, quiet, grid }, family) {
  const axis = { gridcolor: grid, linecolor: grid, zerolinecolor: quiet, tickfont: { color: quiet } };
  return {
    layout: {
      font: { color: text, size: LEAST_PX, family },
      xaxis: axis, yaxis: axis, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      coloraxis: { colorbar: { tickfont: { color: quiet } } },
    },
  };
}
