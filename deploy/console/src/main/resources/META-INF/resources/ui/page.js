// Small pieces of a page. Text is only ever set as text: what a server or a name says is never read as markup.

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A column is {title, value: row => text or node, number}. */
export function table(caption, columns, rows) {
  const side = (column) => (column.number ? { class: "number" } : {});
  const head = element("tr", {}, ...columns.map((c) => element("th", { scope: "col", ...side(c) }, c.title)));
  const body = rows.map((row) =>
    element("tr", {}, ...columns.map((c) => element("td", side(c), shown(c.value(row))))),
  );
  return element(
    "div",
    { class: "scroll" },
    element(
      "table",
      {},
      caption ? element("caption", {}, caption) : null,
      element("thead", {}, head),
      element("tbody", {}, ...body),
    ),
  );
}

/** What to see where there is nothing yet: the command that would change that. */
export function empty(text, command) {
  return element("p", { class: "empty" }, `${text} `, element("code", {}, command));
}

export function failure(problem) {
  const trace = problem.requestId ? ` (request ${problem.requestId})` : "";
  return element("p", { class: "failure", role: "alert" }, problem.message + trace);
}

/** Rounded to read, exact in the tooltip. */
export function bytes(count) {
  if (count === undefined || count === null) return "";
  const units = ["B", "KB", "MB", "GB", "TB", "PB"];
  let value = Number(count);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const text = `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
  return element("span", { title: `${count} bytes` }, text);
}

/** Amounts arrive as decimal text and stay text: they are exact. */
export function money(price) {
  return price ? `${price.amount} ${price.currency}` : "";
}

export function time(millis) {
  if (!millis) return "";
  const moment = new Date(Number(millis)).toISOString();
  return element("time", { datetime: moment }, moment.replace("T", " ").slice(0, 16) + " UTC");
}

export function state(text, isGood) {
  return element("span", { class: isGood ? "good" : "bad" }, text);
}

function shown(value) {
  return value === undefined || value === null ? "" : value;
}
