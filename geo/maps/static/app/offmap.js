// "Not on the map": every incident that is no pin, under the reason why, so that nobody loses one silently.

import { button, h, said } from "./dom.js";
import { OFF_MAP } from "./filter.js";

const FIRST_ENTRIES = 50; // entries shown per reason before "more"

// `groups` maps a reason to incident numbers; `entry(i, element)` fills an entry; `pinned` tells statuses switched on.
export function offMapList(root, groups, { words, format, entry, open, skipped }) {
  const remembered = new Set([...root.querySelectorAll("details[open]")].map((d) => d.dataset.reason));
  const blocks = [];
  for (const reason of OFF_MAP) {
    const incidents = groups.get(reason) || [];
    if (incidents.length) blocks.push(block(reason, incidents));
  }
  if (skipped.length) blocks.push(skippedBlock());
  root.replaceChildren(h("p", { class: "hint" }, words.offMapHint), ...(blocks.length ? blocks : [said("p", words.offMapEmpty, { class: "empty" })]));

  function block(reason, incidents) {
    const list = h("ul", { class: "off-list" });
    const more = button("", () => grow(), { class: "quiet" });
    let shown = 0;
    const grow = () => {
      const next = incidents.slice(shown, shown + FIRST_ENTRIES);
      for (const incident of next) {
        const item = h("button", { type: "button", class: "off-item", onclick: () => open(incident) });
        entry(incident, item, reason);
        list.append(h("li", {}, item));
      }
      shown += next.length;
      more.hidden = shown >= incidents.length;
      more.textContent = words.more.replace("{n}", format(incidents.length - shown));
    };
    const details = h("details", { class: "off", "data-reason": reason, ontoggle: () => details.open && !shown && grow() },
      h("summary", {}, h("span", {}, words[`reason.${reason}`]), h("span", { class: "n" }, format(incidents.length))),
      h("p", { class: "hint" }, words[`reasonHint.${reason}`]), list, more);
    if (remembered.has(reason)) details.open = true;
    return details;
  }

  function skippedBlock() {
    const details = h("details", { class: "off", "data-reason": "skipped" },
      h("summary", {}, h("span", {}, words["reason.skipped"]), h("span", { class: "n" }, format(skipped.length))),
      h("p", { class: "hint" }, words["reasonHint.skipped"]),
      h("ul", { class: "off-list" }, ...skipped.slice(0, 500).map(({ sentence, reason }) => h("li", { class: "off-item" }, said("span", sentence, { class: "off-text" }), said("span", reason, { class: "off-why" })))));
    if (remembered.has("skipped")) details.open = true;
    return details;
  }
}
