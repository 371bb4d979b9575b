// The places of the console. Each one asks the server, builds its part of the page, and names the command that shows
// the same.

import { CATALOG, SLUICE, get, list } from "./api.js";
import { bytes, element, empty, failure, money, state, table, time } from "./page.js";

const name = { title: "Name", value: (row) => row.name };
const owner = { title: "Owner", value: (row) => row.owner };
const comment = { title: "Comment", value: (row) => row.comment };
const created = { title: "Created", value: (row) => time(row.created_at) };

const catalogs = {
  key: "catalogs",
  title: "Catalogs",
  command: "./sluice catalog list",
  load: () => list(`${CATALOG}/catalogs`, "catalogs"),
  figure: (rows) => [rows.length, "catalogs"],
  show: (rows) =>
    rows.length
      ? table("Catalogs that you may see", [name, owner, created, comment], rows)
      : empty("There is no catalog that you may see. Who may, is told by", "./sluice grant list metastore metastore"),
};

const shares = {
  key: "shares",
  title: "Shares",
  command: "./sluice share list",
  load: () => list(`${CATALOG}/shares`, "shares"),
  figure: (rows) => [rows.length, "shares"],
  show: (rows) =>
    rows.length
      ? table("Tables published to others", [name, owner, created, comment], rows)
      : empty("Nothing is shared yet. Make a share with", "./sluice share create NAME"),
};

const recipients = {
  key: "recipients",
  title: "Recipients",
  command: "./sluice recipient list",
  load: () => list(`${CATALOG}/recipients`, "recipients"),
  figure: (rows) => [rows.length, "recipients"],
  show: (rows) =>
    rows.length
      ? table(
          "Organisations that read your shares",
          [
            name,
            { title: "Signs in by", value: (row) => row.authentication_type },
            { title: "Activated", value: (row) => state(row.activated ? "yes" : "not yet", row.activated) },
            created,
            comment,
          ],
          rows,
        )
      : empty("Nobody reads your shares yet. Invite somebody with", "./sluice recipient create NAME"),
};

const replicas = {
  key: "replicas",
  title: "Replicas",
  command: "./sluice replica list",
  load: () => list(`${SLUICE}/replicas`, "replicas"),
  figure: (rows) => [
    rows.filter((row) => row.lag_versions > 0).length,
    `of ${rows.length} replicas behind their source`,
  ],
  show: (rows) =>
    rows.length
      ? table(
          "Copies in other clouds and regions",
          [
            name,
            { title: "Source", value: (row) => row.source_table },
            { title: "Lane", value: (row) => row.lane },
            { title: "Versions behind", number: true, value: (row) => state(row.lag_versions, row.lag_versions === 0) },
            { title: "Size", number: true, value: (row) => bytes(row.bytes) },
            { title: "Gained so far", number: true, value: (row) => bytes(row.total_logical_bytes) },
            { title: "On the wire so far", number: true, value: (row) => bytes(row.total_wire_bytes) },
            { title: "Cost so far", number: true, value: (row) => money(row.total_money) },
          ],
          rows,
        )
      : empty("There is no replica yet. Declare one with", "./sluice replica create NAME --source TABLE --target URL"),
};

const keys = {
  key: "keys",
  title: "Keys",
  command: "./sluice key status",
  load: async () => (await get(`${SLUICE}/keys`)).scopes ?? [],
  figure: (rows) => [rows.filter((row) => row.state !== "ACTIVE").length, `of ${rows.length} scopes not readable`],
  show: (rows) =>
    rows.length
      ? table(
          "What is sealed, and under which key",
          [
            { title: "Scope", value: (row) => row.scope },
            { title: "State", value: (row) => state(row.state, row.state === "ACTIVE") },
            { title: "Epoch", number: true, value: (row) => row.epoch },
            { title: "Customer key", value: (row) => row.cmk },
            { title: "Its state", value: (row) => row.cmk_state },
            { title: "KEK version", number: true, value: (row) => row.kek_version },
            { title: "DEKs", number: true, value: (row) => row.deks },
          ],
          rows,
        )
      : empty("Nothing is sealed yet. See what could be with", "./sluice key --help"),
};

const thisMonth = () => new Date().toISOString().slice(0, 7);

const bill = {
  key: "bill",
  title: "Bill",
  command: "./sluice bill statement --producer NAME",
  load: async () => (await get(`${SLUICE}/billing/statements?period=${thisMonth()}`)).statements ?? [],
  figure: (rows) => [totals(rows), "this month"],
  show: (rows) =>
    rows.length
      ? element("div", {}, ...rows.map(statement))
      : empty("Nothing was moved this month. The next sync will show up here:", "./sluice replica sync NAME"),
};

/** One total for each currency; exact sums are the server's business, so a single statement is shown as it is. */
function totals(rows) {
  if (rows.length === 0) return "0";
  if (rows.length === 1) return `${rows[0].rounded_amount} ${rows[0].currency}`;
  return `${rows.length} statements`;
}

function statement(row) {
  return table(
    `${row.producer}, ${row.period}: ${row.rounded_amount} ${row.currency} to pay (exact: ${row.amount})`,
    [
      { title: "Replica", value: (line) => line.replica },
      { title: "Lane", value: (line) => line.lane },
      { title: "Meter", value: (line) => line.meter },
      { title: "Runs", number: true, value: (line) => line.runs },
      { title: "Bytes", number: true, value: (line) => line.bytes },
      { title: "GB", number: true, value: (line) => line.gigabytes },
      { title: `Price per GB`, number: true, value: (line) => line.unit_price },
      { title: row.currency, number: true, value: (line) => line.amount },
    ],
    row.lines ?? [],
  );
}

const shards = {
  key: "shards",
  title: "Shards",
  command: "./sluice shard map",
  load: () => get(`${SLUICE}/shards`),
  figure: (map) => [(map.slices ?? []).length, `slices on ${(map.pods ?? []).length} pod(s)`],
  show: (map) =>
    (map.slices ?? []).length
      ? element(
          "div",
          {},
          table(
            `Pods; generation ${map.generation}`,
            [name, { title: "Address", value: (pod) => pod.address }, { title: "Incarnation", value: (pod) => pod.incarnation }],
            map.pods,
          ),
          table(
            "Slices of the key space and their owners",
            [
              { title: "From", value: (slice) => slice.low },
              { title: "To", value: (slice) => slice.high },
              { title: "Owners", value: (slice) => slice.pods.join(", ") },
            ],
            map.slices,
          ),
        )
      : empty("No part of the catalog has an owner. Look at the server's log, or at", "./sluice shard map"),
};

const PARTS = [catalogs, shares, recipients, replicas, keys, bill, shards];

const home = {
  key: "home",
  title: "Home",
  command: "./sluice tour",
  load: () => Promise.all(PARTS.map((part) => part.load().catch((problem) => problem))),
  show: (answers) =>
    element(
      "div",
      {},
      element("div", { class: "cards" }, ...PARTS.map((part, i) => card(part, answers[i]))),
      ...answers.filter((answer) => answer instanceof Error).map(failure),
    ),
};

function card(part, answer) {
  const [figure, words] = answer instanceof Error ? ["?", part.title.toLowerCase()] : part.figure(answer);
  return element(
    "a",
    { class: "card", href: `#${part.key}` },
    element("strong", {}, String(figure)),
    element("span", {}, words),
  );
}

export const PLACES = [home, ...PARTS];
