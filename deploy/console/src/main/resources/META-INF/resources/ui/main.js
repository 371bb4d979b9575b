// Signs in, then shows the place that the address names. Every place has an address of its own.

import { CATALOG, get, redeem } from "./api.js";
import { element, failure } from "./page.js";
import { PLACES } from "./places.js";
import { signIn, signOut, takeCode, token } from "./session.js";

const content = document.getElementById("content");
const nav = document.getElementById("places");
const leave = document.getElementById("sign-out");
const asCommand = document.getElementById("as-command");

let visit = 0;

function placeOfAddress() {
  const key = location.hash.slice(1);
  return PLACES.find((place) => place.key === key) ?? PLACES[0];
}

async function show() {
  if (!token()) return askForToken(null);
  const mine = ++visit;
  const place = placeOfAddress();
  frame(place);
  content.replaceChildren(element("p", {}, "Loading…"));
  try {
    const answer = await place.load();
    // Somebody who clicks on before the answer is here wants the other place.
    if (mine === visit) content.replaceChildren(element("h2", {}, place.title), place.show(answer));
  } catch (problem) {
    if (mine !== visit) return;
    if (problem.status === 401) {
      signOut();
      return askForToken(problem);
    }
    content.replaceChildren(element("h2", {}, place.title), failure(problem));
  }
}

function frame(place) {
  document.title = `${place.title} · Sluice`;
  leave.hidden = false;
  nav.hidden = false;
  nav.replaceChildren(
    ...PLACES.map((other) =>
      element("a", { href: `#${other.key}`, "aria-current": other === place ? "page" : null }, other.title),
    ),
  );
  asCommand.replaceChildren("The same on the command line: ", element("code", {}, place.command));
}

function askForToken(problem) {
  visit++;
  document.title = "Sign in · Sluice";
  nav.hidden = true;
  leave.hidden = true;
  asCommand.replaceChildren();
  const field = element("input", { type: "password", name: "token", autocomplete: "off", required: "", spellcheck: "false" });
  const form = element("form", {}, element("label", {}, "Token", field), element("button", { type: "submit" }, "Sign in"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trySignIn(field.value.trim());
  });
  content.replaceChildren(
    element("h2", {}, "Sign in"),
    element("p", {}, "Open the console link that the server printed when it started, or paste a token. In dev it is in ", element("code", {}, "data/admin.token"), "."),
    ...(problem ? [failure(problem)] : []),
    form,
  );
  field.focus();
}

async function trySignIn(pasted) {
  if (!/^[\x21-\x7e]+$/.test(pasted)) return askForToken(new Error("That is not a token: it has blanks or odd letters."));
  signIn(pasted);
  try {
    await get(`${CATALOG}/catalogs?max_results=1`);
  } catch (problem) {
    signOut();
    return askForToken(problem);
  }
  return show();
}

async function start() {
  leave.addEventListener("click", () => {
    signOut();
    askForToken(null);
  });
  const code = takeCode();
  if (code) {
    try {
      signIn(await redeem(code));
    } catch (problem) {
      if (!token()) return askForToken(problem);
    }
  }
  window.addEventListener("hashchange", arrived);
  return show();
}

/** A second console link opened in the same tab only changes the part after the #. */
function arrived() {
  if (location.hash.startsWith("#code=")) location.reload();
  else show().then(() => content.focus());
}

start();
