// The server, asked as whoever is signed in.

import { token } from "./session.js";

export const CATALOG = "/api/2.1/unity-catalog";
export const SLUICE = "/api/1.0/sluice";

const MOST_PAGES = 1000;

export class Refusal extends Error {
  constructor(status, message, requestId) {
    super(message);
    this.status = status;
    this.requestId = requestId;
  }
}

async function ask(path, options = {}) {
  const headers = { Accept: "application/json", ...options.headers };
  if (token()) headers.Authorization = `Bearer ${token()}`;
  let response;
  try {
    response = await fetch(path, { ...options, headers, cache: "no-store", credentials: "omit" });
  } catch {
    throw new Refusal(0, "The server does not answer. Is it still running?", null);
  }
  const text = await response.text();
  const body = text ? parsed(text) : {};
  if (response.ok) return body;
  throw new Refusal(
    response.status,
    body.message ?? `The server answered ${response.status}.`,
    response.headers.get("x-request-id"),
  );
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export function get(path) {
  return ask(path);
}

/** All pages of a list, as one array. */
export async function list(path, field) {
  const all = [];
  let page = "";
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const sign = path.includes("?") ? "&" : "?";
    const answer = await get(page ? `${path}${sign}page_token=${encodeURIComponent(page)}` : path);
    all.push(...(answer[field] ?? []));
    page = answer.next_page_token;
    if (!page) break;
  }
  return all;
}

/** Exchanges the one-time code of a console link for a token. */
export async function redeem(code) {
  const answer = await ask(`${SLUICE}/console/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  });
  return answer.token;
}
