// Keys of the desk. Every key presses what is on the page already (data-key), so nothing can be done with keys only.
// Single keys act only outside fields and can be switched off (WCAG 2.1.4).
"use strict";

const OFF = "motcua-keys-off";
let current = -1;

const rows = () => [...document.querySelectorAll("[data-row], [data-paper]")];
const isField = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");
const isOff = () => {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
};

function move(step) {
  const all = rows();
  if (!all.length) return;
  current = Math.max(0, Math.min(all.length - 1, current + step));
  for (const [place, row] of all.entries()) row.classList.toggle("cur", place === current);
  all[current].scrollIntoView({ block: "nearest" });
  (all[current].querySelector("[data-open]") || all[current]).focus();
}

function press(key) {
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (!target) return false;
  if (target.matches("input")) target.focus();
  else target.click();
  if (target.matches("summary")) target.focus();
  return true;
}

function count() {
  const shown = document.querySelector("[data-picked]");
  if (!shown) return;
  const picked = document.querySelectorAll("[data-row] input:checked").length;
  shown.hidden = picked === 0;
  shown.querySelector("span").textContent = picked;
}

function pick() {
  const row = rows()[current];
  const box = row && row.querySelector("input[type=checkbox]");
  if (box && !box.disabled) {
    box.checked = !box.checked;
    row.classList.toggle("on", box.checked);
    count();
  }
}

function drop() {
  for (const box of document.querySelectorAll("[data-row] input:checked")) {
    box.checked = false;
    box.closest("[data-row]").classList.remove("on");
  }
  count();
}

function judge(isGood) {
  const paper = rows()[current];
  const radio = paper && paper.querySelector(isGood ? "input[value=ok]" : "input[value=incorrect]");
  if (!radio) return false;
  radio.checked = true;
  if (isGood) move(1);
  else paper.querySelector("textarea").focus();
  return true;
}

function nextPaper() {
  const all = rows();
  if (!all.length) return;
  if (current === all.length - 1) current = -1;
  move(1);
  const link = all[current].querySelector("[data-open-paper]");
  if (link) link.click();
}

const onCase = () => document.querySelector("[data-paper]") !== null;

function act(key) {
  switch (key) {
    case "j": return move(1);
    case "k": return move(-1);
    case "x": return pick();
    case "Escape": return drop();
    case "d": return onCase() ? nextPaper() : press(key);
    case "1": case "2": return onCase() ? judge(key === "1") : press(key);
    case "?": return document.getElementById("all-keys")?.showModal();
    default: return press(key);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && event.ctrlKey) {
    if (press("Ctrl Enter")) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target) || isOff()) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const known = ["j", "k", "x", "Escape", "d", "1", "2", "?"].includes(key);
  if (known || document.querySelector(`[data-key="${CSS.escape(key)}"]`)) {
    if (key !== "Escape") event.preventDefault();
    act(key);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.id === "keys-off") {
    try { localStorage.setItem(OFF, event.target.checked ? "1" : "0"); } catch { /* the choice lasts for this page */ }
  }
  const row = event.target.closest("[data-row]");
  if (!row) return;
  row.classList.toggle("on", event.target.checked);
  count();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});

document.addEventListener("DOMContentLoaded", () => {
  const off = document.getElementById("keys-off");
  if (off) off.checked = isOff();
});
