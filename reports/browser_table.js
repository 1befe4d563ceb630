// A table of figures: its heads sort all rows, a field finds queues, what is copied is cells.

const FIRST = 50;
const ON_PAPER = 300;
const LONG = 600; // of more rows only those near the window are in the page
const AROUND = 40;
const drawn = new WeakMap();

/** The door for Streamlit: called again whenever the table or the theme is another one. */
export default function (component) {
  const box = component.parentElement.querySelector(".figures");
  if (!drawn.has(box)) drawn.set(box, new FiguresTable(box));
  const table = drawn.get(box);
  table.show(component.data, (sort) => component.setStateValue("sort", sort));
  return () => table.leave();
}

async function unpacked(data) {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

const isSame = (one, other) =>
  one?.length === other?.length && one.every((byte, at) => byte === other[at]);

function made(tag, { classes = "", text, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const folded = (text) => text.normalize("NFC").toLocaleLowerCase();

class FiguresTable {
  constructor(box) {
    this.box = box;
    this.found = "";
    this.isWhole = false;
    box.getRootNode().addEventListener("copy", (event) => this.copy(event));
  }

  async show(data, sorted) {
    this.sorted = sorted;
    this.colour();
    if (isSame(data, this.data)) return;
    this.data = data;
    const sheet = await unpacked(data);
    if (this.data !== data) return;
    this.sheet = sheet;
    this.sort = readSort(sheet);
    this.rows = new Map();
    this.build();
  }

  leave() {
    this.watch?.disconnect();
    this.listening?.abort();
  }

  /** Signs and inks are those of the page: dark where its ground is. */
  colour() {
    const ground = getComputedStyle(this.box).getPropertyValue("--st-background-color");
    const parts = ground.match(/^#(..)(..)(..)/)?.slice(1).map((each) => parseInt(each, 16));
    this.box.classList.toggle("dark", !!parts && parts[0] + parts[1] + parts[2] < 384);
  }

  build() {
    const { sheet } = this;
    this.head = made("thead", {}, made("tr", {}, ...sheet.columns.map((each) => this.heading(each))));
    this.body = made("tbody");
    const classes = sheet.sentences ? "sentences" : "";
    this.table = made("table", { classes }, made("caption", { text: sheet.caption }), this.head, this.body);
    this.frame = made("div", { classes: "frame" }, this.table);
    this.more = made("div", { classes: "more" });
    this.status = made("div", { classes: "unseen", "aria-live": "polite" });
    if (sheet.find) this.head.rows[0].cells[0].append(this.finder());
    this.box.replaceChildren(this.frame, this.more, this.status);
    this.fill();
    this.stick();
  }

  finder() {
    const field = made("input", {
      type: "search", placeholder: "Find", "aria-label": this.sheet.find,
    });
    field.value = this.found;
    field.addEventListener("input", () => {
      this.found = field.value;
      this.fill();
    });
    field.addEventListener("keydown", (event) => event.stopPropagation());
    return made("div", { classes: "find" }, field);
  }

  heading(column) {
    const button = made("button", { type: "button" },
      made("span", { text: column.label.replaceAll(" %", "\u00a0%") }),
      made("span", { classes: "way", "aria-hidden": "true" }),
      ...column.beneath.map((text) => made("span", { classes: "beneath", text })));
    button.addEventListener("click", () => this.sortBy(column));
    const head = made("th", { scope: "col", classes: column.isText ? "text" : "" }, button);
    if (column.help) {
      const id = `help-${this.sheet.key}-${column.key}`.replaceAll(/[^\w-]/g, "-");
      button.setAttribute("aria-describedby", id);
      head.append(made("span", { role: "tooltip", id, text: column.help }));
    }
    return head;
  }

  sortBy(column) {
    const ways = column.isText ? ["ascending", "descending"] : ["descending", "ascending"];
    const now = this.sort?.key === column.key ? ways.indexOf(this.sort.way) : -1;
    this.sort = now + 1 < ways.length ? { key: column.key, way: ways[now + 1] } : null;
    writeSort(this.sheet, this.sort);
    this.fill();
    this.status.textContent = this.sort
      ? `Sorted by ${column.label}, ${this.sort.way}` : "In the first order";
    this.sorted(sortText(this.sort));
  }

  fill() {
    const { sheet, sort } = this;
    sheet.columns.forEach((column, at) => {
      const way = sort?.key === column.key ? sort.way : "none";
      this.head.rows[0].cells[at].setAttribute("aria-sort", way);
    });
    const wanted = folded(this.found.trim());
    const names = sheet.columns[0].texts;
    const rows = order(sheet, sort).filter((row) => !wanted || folded(names[row]).includes(wanted));
    const isAll = this.isWhole && (!this.onPaper || rows.length <= LONG);
    const most = isAll ? rows.length : Math.min(rows.length, ON_PAPER);
    this.shown = rows.slice(0, most);
    this.wasLong = this.isLong;
    this.isLong = most > LONG;
    this.fix();
    this.painted = "";
    this.paint();
    this.tellMore(rows.length, most);
    this.keepHead();
  }

  /** Rows of a long table are of one height, and its columns as wide as they are now. */
  fix() {
    const heads = [...this.head.rows[0].cells];
    const widths = this.isLong && !this.wasLong ? heads.map((each) => each.offsetWidth) : null;
    if (this.isLong === this.wasLong) return;
    heads.forEach((each, at) => { each.style.width = widths ? `${widths[at]}px` : ""; });
    this.table.classList.toggle("long", this.isLong);
    this.table.removeAttribute("aria-rowcount");
    if (this.isLong) {
      this.table.setAttribute("aria-rowcount", this.shown.length + this.sheet.totals + 1);
      this.body.replaceChildren(this.row(this.shown[0]));
      this.height = this.body.rows[0].offsetHeight;
    }
  }

  /** The rows in their order: of a long table those near the window, and room for the others. */
  paint() {
    if (!this.shown) return;
    const { totals } = this.sheet;
    let [first, last] = [0, this.shown.length];
    if (this.isLong) {
      const above = -this.table.getBoundingClientRect().top - this.head.offsetHeight;
      first = Math.max(0, Math.floor(above / this.height) - totals - AROUND);
      first = Math.min(first, Math.max(0, last - AROUND));
      last = Math.min(last, first + Math.ceil(innerHeight / this.height) + 2 * AROUND);
    }
    if (this.isLong && this.painted && Math.abs(this.painted[0] - first) < AROUND / 2
      && (this.painted[1] === last || last < this.shown.length)) return;
    this.painted = [first, last];
    const elements = [];
    for (let row = 0; row < totals; row += 1) elements.push(this.row(row));
    if (first) elements.push(this.room(first));
    for (let at = first; at < last; at += 1) {
      const element = this.row(this.shown[at]);
      element.classList.toggle("rest", !this.isWhole && at >= FIRST);
      if (this.isLong) element.setAttribute("aria-rowindex", at + totals + 2);
      elements.push(element);
    }
    if (last < this.shown.length) elements.push(this.room(this.shown.length - last));
    const focused = this.box.getRootNode().activeElement;
    this.body.replaceChildren(...elements);
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }

  room(rows) {
    const cell = made("td", { colspan: this.sheet.columns.length, classes: "room" });
    cell.style.height = `${rows * this.height}px`;
    return made("tr", { "aria-hidden": "true" }, cell);
  }

  tellMore(length, most) {
    const { noun } = this.sheet;
    const lines = [];
    if (length > FIRST) {
      const words = this.isWhole
        ? `Show the first ${FIRST}` : `Show all ${length.toLocaleString("en")} ${noun}`;
      const button = made("button", { type: "button", text: words });
      button.addEventListener("click", () => {
        this.isWhole = !this.isWhole;
        this.fill();
        this.more.querySelector("button")?.focus();
      });
      lines.push(button);
      if (!this.isWhole) lines.push(made("span", {
        text: `The first ${FIRST} are shown; totals, sorting and files are of all.`,
      }));
    }
    if (!length && this.found) lines.push(made("span", { text: `No ${noun} with “${this.found}”.` }));
    if (length > most) lines.push(made("p", {
      classes: "paper",
      text: `On paper the first ${most} of ${length.toLocaleString("en")} ${noun}; files have all.`,
    }));
    this.more.replaceChildren(...lines);
  }

  row(at) {
    if (!this.rows.has(at)) this.rows.set(at, this.makeRow(at));
    return this.rows.get(at);
  }

  makeRow(at) {
    const { sheet } = this;
    const cells = sheet.columns.map((column, place) => this.cell(column, place, at));
    const isStrong = at < sheet.totals || sheet.strong?.includes(at);
    return made("tr", {
      classes: `${isStrong ? "strong" : ""}${at < sheet.totals ? " total" : ""}`, "data-row": at,
    }, ...cells);
  }

  cell(column, place, at) {
    const mark = column.marks?.[at] ?? "";
    const classes = [column.isText ? "text" : "", this.ink(mark), column.most ? "bar" : ""];
    const head = place === 0;
    const cell = made(head ? "th" : "td", { classes: classes.filter(Boolean).join(" ") });
    if (head) cell.setAttribute("scope", "row");
    const id = head ? this.sheet.ids?.[at] : "";
    cell.append(id ? this.link(id, column.texts[at]) : made("span", { text: column.texts[at] }));
    if (column.most && at >= this.sheet.totals) {
      cell.style.setProperty("--share", Math.min(1, (column.values[at] ?? 0) / column.most));
    }
    if (column.marks) cell.append(...this.mark(mark));
    if (column.changes) {
      const turn = column.changes.marks[at];
      cell.append(made("span", { classes: `change ${this.ink(turn)}` },
        made("span", { text: column.changes.texts[at] }), ...this.mark(turn)));
    }
    return cell;
  }

  /** A sign for the eye, the word for those who listen; one that is a sentence is a hint too. */
  mark(mark) {
    if (!mark) return [made("span", { classes: "sign" })];
    const { sign, words } = this.sheet.marks[mark];
    return [
      made("span", { classes: "sign", "aria-hidden": "true", title: words, text: sign }),
      made("span", { classes: "unseen", text: words }),
    ];
  }

  ink(mark) {
    return mark ? this.sheet.marks[mark].ink : "";
  }

  /** Streamlit draws the page of an address that is gone to in the history: one step, no reload. */
  link(id, text) {
    const link = made("a", { href: this.sheet.href + encodeURIComponent(id), text });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      history.pushState({}, "", link.href);
      dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    });
    return link;
  }

  /** The page scrolls, not the table: the head follows it, below what lies over the page. */
  stick() {
    this.leave();
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.scroller = scrollerOf(this.box);
    this.scroller.addEventListener("scroll", () => {
      this.keepHead();
      this.paint();
    }, { passive: true, signal });
    for (const [event, onPaper] of [["beforeprint", true], ["afterprint", false]]) {
      addEventListener(event, () => {
        this.onPaper = onPaper;
        if (this.isLong || this.wasLong) this.fill();
      }, { signal });
    }
    this.watch = new ResizeObserver(() => this.keepHead());
    this.watch.observe(this.frame);
  }

  keepHead() {
    if (!this.frame?.isConnected || !this.scroller) return;
    const isWide = this.table.scrollWidth > this.frame.clientWidth + 1;
    this.frame.classList.toggle("wide", isWide);
    const top = topOf(this.scroller);
    this.box.style.setProperty("--top", `${top.below}px`);
    const { y, height } = this.table.getBoundingClientRect();
    const room = height - this.head.offsetHeight;
    const down = isWide ? Math.max(0, Math.min(top.edge - y, room)) : 0;
    this.head.style.transform = down ? `translateY(${down}px)` : "";
  }

  /** Cells for a spreadsheet: numbers as numbers whatever its country, names never formulas. */
  copy(event) {
    const root = this.box.getRootNode();
    const chosen = root.getSelection ? root.getSelection() : document.getSelection();
    if (!this.body || !chosen?.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    const rows = [...this.table.rows].filter((row) => !row.classList.contains("rest")
      && !row.ariaHidden && range.intersectsNode(row));
    const cells = rows.flatMap((row) => [...row.cells]).filter((each) => range.intersectsNode(each));
    if (cells.length < 2) return;
    const places = new Set(rows.length > 1
      ? this.sheet.columns.keys() : cells.map((each) => each.cellIndex));
    const lines = rows.map((row) => this.copied(row.dataset.row, places));
    const html = lines.map((line) => `<tr>${line.map(({ html }) => html).join("")}</tr>`).join("");
    event.clipboardData.setData("text/html", `<table>${html}</table>`);
    event.clipboardData.setData("text/plain",
      lines.map((line) => line.map(({ text }) => text).join("\t")).join("\r\n"));
    event.preventDefault();
  }

  copied(row, places) {
    return this.sheet.columns.flatMap((column, place) => {
      if (!places.has(place)) return [];
      if (row === undefined) {
        const labels = column.changes ? [column.label, `${column.label} change`] : [column.label];
        return labels.map((label) => asCell(label));
      }
      const value = column.isText
        ? asCell(this.sheet.harmless?.[place]?.[row] ?? column.texts[row])
        : asNumber(column.values[row], column.unit);
      const changes = column.changes
        ? [asNumber(column.changes.values[row], column.unit, CHANGES)] : [];
      return [value, ...changes];
    });
  }
}

const escaped = (text) => {
  const element = document.createElement("i");
  element.textContent = text;
  return element.innerHTML;
};

const asCell = (text) => ({ text: text.replaceAll(/\s+/g, " "), html: `<td>${escaped(text)}</td>` });

const FORMATS = { count: ["#,##0", 1], percent: ["0.0%", 100], seconds: ["[h]:mm:ss", 86400] };
const CHANGES = { ...FORMATS, percent: ["0.0", 1], seconds: ["0.0", 1] };

function asNumber(value, unit, formats = FORMATS) {
  if (value === null) return { text: "", html: "<td></td>" };
  const [format, scale] = formats[unit] ?? ["General", 1];
  const number = value / scale;
  const text = { 100: `${value.toFixed(1)}%`, 86400: clock(value) }[scale] ?? `${value}`;
  const style = `mso-number-format:'${format.replaceAll(/[:,#[\]]/g, "\\$&")}'`;
  return {
    text,
    html: `<td x:num="${number}" sdval="${number}" sdnum="1033;0;${format}" style="${style}">${text}</td>`,
  };
}

function clock(seconds) {
  const whole = Math.round(Math.abs(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${seconds < 0 ? "-" : ""}${parts.map((each) => `${each}`.padStart(2, "0")).join(":")}`;
}

/** The rows below the totals in the order of a sort; those at the end stay there. */
export function order(sheet, sort) {
  const { totals, columns, groups, ends = [] } = sheet;
  const rows = Array.from({ length: columns[0].texts.length - totals }, (_, at) => at + totals);
  const column = columns.find((each) => each.key === sort?.key);
  const last = new Set(ends);
  const compare = (one, other) => {
    if (last.has(one) !== last.has(other)) return last.has(one) ? 1 : -1;
    if (!column) return one - other;
    const [a, b] = [column.values[one], column.values[other]];
    if (a === b) return one - other;
    if (a === null || b === null) return a === null ? 1 : -1;
    return (sort.way === "ascending" ? a - b : b - a) || one - other;
  };
  if (!groups) return rows.sort(compare);
  const members = Map.groupBy(rows, (row) => groups[row]);
  return [...members.values()]
    .map(([first, ...others]) => [first, ...others.sort(compare)])
    .sort(([one], [other]) => compare(one, other))
    .flat();
}

const parameter = (sheet) => `sort-${sheet.key}`;
const sortText = (sort) => (sort ? `${sort.way === "descending" ? "-" : ""}${sort.key}` : "");

function readSort(sheet) {
  const text = new URL(location.href).searchParams.get(parameter(sheet)) ?? "";
  const key = text.replace(/^-/, "");
  if (!sheet.columns.some((each) => each.key === key)) return null;
  return { key, way: text.startsWith("-") ? "descending" : "ascending" };
}

function writeSort(sheet, sort) {
  const address = new URL(location.href);
  if (sort) address.searchParams.set(parameter(sheet), sortText(sort));
  else address.searchParams.delete(parameter(sheet));
  history.replaceState(history.state, "", address);
}

function scrollerOf(element) {
  for (let each = element; each; each = each.parentElement ?? each.getRootNode().host) {
    if (each !== element && /auto|scroll/.test(getComputedStyle(each).overflowY)) return each;
  }
  return document;
}

/** Where the page begins to be seen: on the screen, and below the upper edge of its scroller. */
function topOf(scroller) {
  const edge = scroller.getBoundingClientRect?.().top ?? 0;
  const bar = document.querySelector("[data-testid=stHeader]")?.getBoundingClientRect();
  const seen = Math.max(edge, bar?.bottom ?? 0);
  return { edge: seen, below: seen - edge };
}
