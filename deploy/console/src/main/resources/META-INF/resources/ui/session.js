// Who is signed in. The token lives as long as the tab and is never part of an address.

const KEY = "sluice.token";

export function token() {
  return sessionStorage.getItem(KEY);
}

export function signIn(newToken) {
  sessionStorage.setItem(KEY, newToken);
}

export function signOut() {
  sessionStorage.removeItem(KEY);
}

/** Takes the one-time code of a console link out of the address, so that no bookmark or history keeps it. */
export function takeCode() {
  const found = /^#code=(.+)$/.exec(location.hash);
  if (!found) return null;
  history.replaceState(null, "", location.pathname + "#home");
  return decodeURIComponent(found[1]);
}
